/* press: the fonts of all letters, and what each thread sets its lines with. */
#include "letter/press.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include "base/log.h"
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define FONTS "/usr/share/fonts/truetype/"

enum { DIGEST_DIGITS = 12, VERSIONS_BYTES = 64, POINTS_PER_INCH = 72 };

/* Debian's fonts-noto-core, fonts-droid-fallback (Chinese, Japanese, Korean) and fonts-dejavu-core
 * (what the others lack). The first is what text is set in, the rest where it has no glyph. */
static const char *const fonts[] = {
    FONTS "noto/NotoSans-Regular.ttf",
    FONTS "noto/NotoSans-Bold.ttf",
    FONTS "noto/NotoSansArabic-Regular.ttf",
    FONTS "noto/NotoSansArabic-Bold.ttf",
    FONTS "noto/NotoSansHebrew-Regular.ttf",
    FONTS "noto/NotoSansHebrew-Bold.ttf",
    FONTS "droid/DroidSansFallbackFull.ttf",
    FONTS "noto/NotoSansArmenian-Regular.ttf",
    FONTS "noto/NotoSansBengali-Regular.ttf",
    FONTS "noto/NotoSansCanadianAboriginal-Regular.ttf",
    FONTS "noto/NotoSansCherokee-Regular.ttf",
    FONTS "noto/NotoSansDevanagari-Regular.ttf",
    FONTS "noto/NotoSansEthiopic-Regular.ttf",
    FONTS "noto/NotoSansGeorgian-Regular.ttf",
    FONTS "noto/NotoSansGujarati-Regular.ttf",
    FONTS "noto/NotoSansGurmukhi-Regular.ttf",
    FONTS "noto/NotoSansKannada-Regular.ttf",
    FONTS "noto/NotoSansKhmer-Regular.ttf",
    FONTS "noto/NotoSansLao-Regular.ttf",
    FONTS "noto/NotoSansMalayalam-Regular.ttf",
    FONTS "noto/NotoSansMath-Regular.ttf",
    FONTS "noto/NotoSansMongolian-Regular.ttf",
    FONTS "noto/NotoSansMyanmar-Regular.ttf",
    FONTS "noto/NotoSansNKo-Regular.ttf",
    FONTS "noto/NotoSansOriya-Regular.ttf",
    FONTS "noto/NotoSansSinhala-Regular.ttf",
    FONTS "noto/NotoSansSymbols-Regular.ttf",
    FONTS "noto/NotoSansSyriac-Regular.ttf",
    FONTS "noto/NotoSansTamil-Regular.ttf",
    FONTS "noto/NotoSansTelugu-Regular.ttf",
    FONTS "noto/NotoSansThaana-Regular.ttf",
    FONTS "noto/NotoSansThai-Regular.ttf",
    FONTS "noto/NotoSansTifinagh-Regular.ttf",
    FONTS "noto/NotoSerifTibetan-Regular.ttf",
    FONTS "dejavu/DejaVuSans.ttf",
    FONTS "dejavu/DejaVuSans-Bold.ttf",
};

enum { FONT_COUNT = sizeof(fonts) / sizeof(fonts[0]) };

/* ---- fonts, once for all threads ---- */

static pthread_once_t fonts_loaded = PTHREAD_ONCE_INIT;
static FcConfig *config; /* NULL: the first font is missing. Kept to the end. */
static char versions[VERSIONS_BYTES];

/* Each font's name and version, so that other fonts are told apart. */
static void write_versions(FcFontSet *set)
{
    struct arena *arena = arena_create();
    struct buf all;
    buf_init(&all, arena, 1024);
    for (int i = 0; i < set->nfont; i++) {
        FcChar8 *name = NULL;
        int version = 0;
        FcPatternGetString(set->fonts[i], FC_FULLNAME, 0, &name);
        FcPatternGetInteger(set->fonts[i], FC_FONTVERSION, 0, &version);
        buf_printf(&all, "%s %d\n", name == NULL ? "" : (const char *)name, version);
    }
    struct str digest = sha256_hex(arena, buf_str(&all));
    snprintf(versions, sizeof(versions), "pango %s cairo %s fonts %.*s", pango_version_string(),
             cairo_version_string(), DIGEST_DIGITS, digest.at);
    arena_destroy(arena);
}

static void load_fonts(void)
{
    FcConfig *made = FcConfigCreate();
    int missing = 0;
    for (int i = 0; i < FONT_COUNT; i++) {
        if (FcConfigAppFontAddFile(made, (const FcChar8 *)fonts[i]))
            continue;
        missing++;
        log_event(LOG_WARN, "letters lack a font", "file", fonts[i], NULL);
        if (i == 0) {
            FcConfigDestroy(made);
            log_event(LOG_ERROR, "no letter can be rendered; install fonts-noto-core", NULL);
            return;
        }
    }
    write_versions(FcConfigGetFonts(made, FcSetApplication));
    config = made;
}

const char *press_versions(void)
{
    pthread_once(&fonts_loaded, load_fonts);
    return versions;
}

/* ---- of a thread ---- */

static void release(gpointer context)
{
    g_object_unref(context);
}

static GPrivate own_context = G_PRIVATE_INIT(release);

/* Hinting is for screens, and so are whole pixels: here a pixel is a point. */
static PangoContext *make_context(void)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), POINTS_PER_INCH);
    PangoContext *context = pango_font_map_create_context(map);
    g_object_unref(map); /* the context holds it */
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    return context;
}

PangoContext *press_context(void)
{
    pthread_once(&fonts_loaded, load_fonts);
    if (config == NULL)
        return NULL;
    PangoContext *context = g_private_get(&own_context);
    if (context == NULL) {
        context = make_context();
        g_private_set(&own_context, context);
    }
    return context;
}
