/* phone: telephone numbers in E.164, grouped for reading aloud. */

const oneDigitCodes = "1 7";
const twoDigitCodes =
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
const codes = new Set(`${oneDigitCodes} ${twoDigitCodes}`.split(" "));

export function isPhone(value: string): boolean {
    return /^\+[1-9]\d{5,14}$/.test(value);
}

function countryCode(digits: string): string {
    for (const length of [1, 2])
        if (codes.has(digits.slice(0, length))) return digits.slice(0, length);
    return digits.slice(0, 3);
}

/** The rest in threes, the end never a single digit: 1701234567 → 170 123 4567. */
function grouped(digits: string): string[] {
    const groups: string[] = [];
    let left = digits;
    while (left.length > 4) {
        groups.push(left.slice(0, 3));
        left = left.slice(3);
    }
    return left === "" ? groups : [...groups, left];
}

export function readable(number: string): string {
    if (!isPhone(number)) return number;
    const digits = number.slice(1);
    const code = countryCode(digits);
    return [`+${code}`, ...grouped(digits.slice(code.length))].join(" ");
}
