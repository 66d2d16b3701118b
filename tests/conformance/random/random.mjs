/* random: choices that a seed decides, the same ones on every machine. */

function hash(text) {
    let state = 0x811c9dc5;
    for (const character of String(text)) {
        state = Math.imul(state ^ character.codePointAt(0), 0x01000193);
    }
    return state >>> 0;
}

export function createRandom(seed) {
    let state = hash(seed);

    function next() {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    }

    const random = {
        /* From 0 to below the limit. */
        below: limit => Math.floor(next() * limit),
        between: (low, high) => low + Math.floor(next() * (high - low + 1)),
        chance: probability => next() < probability,
        pick: list => list[Math.floor(next() * list.length)],
        /* Of [weight, value] pairs. */
        weighted(pairs) {
            let left = next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
            for (const [weight, value] of pairs) {
                left -= weight;
                if (left < 0) return value;
            }
            return pairs.at(-1)[1];
        },
        shuffle(list) {
            const shuffled = [...list];
            for (let i = shuffled.length - 1; i > 0; i--) {
                const other = random.below(i + 1);
                [shuffled[i], shuffled[other]] = [shuffled[other], shuffled[i]];
            }
            return shuffled;
        },
        some: (list, probability) => list.filter(() => next() < probability),
        times: (low, high, make) =>
            Array.from({ length: random.between(low, high) }, (_, i) => make(i)),
    };
    return random;
}
