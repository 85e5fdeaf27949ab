/** How finely the map of land is drawn: cells of a quarter of a degree, some twenty kilometres. */
export const CELLS_A_DEGREE = 4;

/**
 * Where in Europe there is land, or a coast within a cell: a row a quarter of a degree of latitude, from the south; in each, from the west, a bit a
 * quarter of a degree of longitude, four to a hexadecimal digit. Natural Earth 4.1, 1:10m, public domain; the test draws it again.
 */
export const LAND = {
  south: 34, west: -12, rows: 152, columns: 172,
  bits: [
    '00001fffffffffffffffffe00000000000000000000', '00001ffffffffffffffffffe0000000000000000000', '00000ffffffffffffffffffe000000000001ffc0000', '00000ffffffffffffffffffe000000000007ffe0000',
    '000007fffffffffffffffffe700000000007fffc000', '000003fffffffffffffffffc700000000007fffc000', '000003fdfcfffffffffffffc78f00000000fffff800', '000003f8003ffffffffffffc79f00000003fc01fcfe',
    '000007fe001ffffffffffff839f0000000fe0f9fdff', '000007ffff81fffffffffffbc1fc000007fcfffffff', '0001cfffffc07fffffffffffc0fe000007fffffffff', '001fffffffc01fffffffffffc7fe000007fffffffff',
    '001ffffffff0003fffffffffdffe000007fffffffff', '001ffffffffe000000ff3ffcfffe00007ffffffffff', '001ffffffffe000000000fc1ffffc0007ffffffffff', '001ffffffffe000000000001ffffe000fffffffffff',
    '003fffffffff000000000001fffff000fffffbfffff', '007fffffffffcf0000000000fffff000fffffffffff', '007fffffffffdf000000fc001cfffc00fffff7fffff', '007fffffffffdf380001ff001cfffc01fffff7fffff',
    '007fffffffffdffe0001ff00001ffc03fffffbfffff', '007fffffffff8ffe0001ff000003fc07fffffffffff', '007fffffffffc0ffe000ff00000fffe7fffffffffff', '003fffffffffe0ffe000ff00003ffbfffffffffffff',
    '003ffffffffff07fe000ff80003ffffffffffffffff', '001ffffffffff803c001ff8003fffffffffffffffff', '001ffffffffff8000001ff800fffffeffffffffffff', '001fffffffffff800001ff801fffffcffffffffffff',
    '001fffffffffffe00001ff007fffff0ffffffffffff', '001ffffffffffff80001ff01fffffc0ffffffffffff', '001ffffffffffffc00007e03fffff01ffffffffffc0', '001ffffffffffffe00007f07ffffc03fffffffffc00',
    '001ffffffffffffe00007fffffffc0ffffffffffc00', '003ffffffffffffe00007ffffffc3fffffffffffc00', '007ffffffffffffe01c07fffffe07fffffffffff800', '007ffffffffffffe0ff07fffffc1ffffffffffffc00',
    '007ffffffffffffffff80fffff81fffffffffffff00', '007ffffffffffffffffe0fffff87fffffffffffff00', '001fffffffffffffffffc1ffff9ffffffffffffff00', '0007fff0e0ffffffffffefffff3ffffffffffffff00',
    '0001e000007ffffffffffffffc7ffffffffffffff80', '00000000007ffffffffffffff1fffffffffffffffc0', '00000000007ffffffffffffff7ffffffffffffffff0', '00000000007ffffffffffffff7ffffffffffffffff0',
    '00000000003ffffffffffffff7ffffffffffffffff8', '00000000003fffffffffffffffffffffffffffffff8', '00000000007fffffffffffffffffffffffffffffffe', '0000000000fffffffffffffffffffffffffffffffff',
    '0000000001fffffffffffffffffffffffffffffffff', '0000000007fffffffffffffffffffffffffffffffff', '0000000007fffffffffffffffffffffffffffffffff', '0000000007fffffffffffffffffffffffffffffffff',
    '000000007ffffffffffffffffffffffffffffffffff', '000000007ffffffffffffffffffffffffffffffffff', '00000007fffffffffffffffffffffffffffffffffff', '0000000ffffffffffffffffffffffffffffffffffff',
    '0000003ffffffffffffffffffffffffffffffffffff', '0000003ffffffffffffffffffffffffffffffffffff', '0000003ffffffffffffffffffffffffffffffffffff', '0000001ffffffffffffffffffffffffffffffffffff',
    '00000000fffffffffffffffffffffffffffffffffff', '000000000ffffffffffffffffffffffffffffffffff', '000007780ffffffffffffffffffffffffffffffffff', '000007fdeff9fffffffffffffffffffffffffffffff',
    '000007fff000fffffffffffffffffffffffffffffff', '000000fffffdeffffffffffffffffffffffffffffff', '0000007ffffffffffffffffffffffffffffffffffff', '0000003ffffffffffffffffffffffffffffffffffff',
    '01f8000ffffffffffffffffffffffffffffffffffff', '03ff007ffffffffffffffffffffffffffffffffffff', '07ffe07ffffffe3ffffffffffffffffffffffffffff', '07ffff7fffffff0ffffffffffffffffffffffffffff',
    '07ffff7fffffff83fffffffffffffffffffffffffff', '07ffffbfffffff81fffffffffffffffffffffffffff', '07ffffdfffffff80fffffffffffffffffffffffffff', '01ffffdfffffff807ffffffffffffffffffffffffff',
    '03ffffdfffffff007ffffffffffffffffffffffffff', '03ffff8fffffe0007ffffffffffffffffffffffffff', '07ffff8fffffe0003ffffffffffffffffffffffffff', '07ffffff7fffc00001fffffffffffffffffffffffff',
    '07ffffffffff8000000ffffffffffffffffffffffff', '03ffffffffff80000003fffffffffffffffffffffff', '03ffffffffff00000000ffffff9dfffffffffffffff', '001ffffffffe00000000ffffff7cfffffffffffffff',
    '000ffffffff000000000fffffffc07f3fffffffffff', '000ffffffff000000001fffffffc00007ffffffffff', '0001ffffffe000000001fffffff800003ffffffffff', '00000fffffe000000001ffffffffe0003ffffffffff',
    '00001fffffc000000001fffffffff0003ffffffffff', '00001fffff0000000001fffffffff8003ffffffffff', '0000ffffff8000000001fffffffff9e03ffffffffff', '0000ffffff8000000001fffffffffdf03ffffffffff',
    '0000ffffffc000000001fffffffffdf81ffffffffff', '0000ffffffc000000000fffffffffdf80ffffffffff', '000effffffc00000003c07fffffffdfe0ffefffffff', '000effffffc00000007fe3fffffff9fe07fffffffff',
    '000e3ffff800000003fff87ffffff8fe03fffffffff', '00003ffffc00000007fffe1ffffffe1e03fffffffff', '00001ffffe0000000fffffdffffffffe03fffffffff', '000007bfff0000001ffffffffffffff803fffffffff',
    '000000007f0000001ffffffffffffff801fffffffff', '000000007fe000001ffffffffffffffc00fffffffff', '000000003ff800001ffffffffffffffdf8fffffffff', '0000000003f800003ffffffffffffffffffffffffff',
    '0000000003fc00003ffffffffffffffffffffffffff', '0000000003fc00003ffffffffffffffffffffffffff', '0000000000fc00007ffffffffffffff7fffffffffff', '0000000000fc00007fffffffffffffe01ffffffffff',
    '00001e00001c00007ffffffffffffe001ffffffffff', '00001e00000000007fffffffffffff000ffffffffff', '00001e00000000003fffffffffffff001ffffffffff', '0000ff00000000003fffffffffffff001ffffffffff',
    '0000ff00000000003fffffffffffff801ffffffffff', '0000ff00000000003fffffffffffffc01ffffffffff', '00003f000000000007fffffffffffff01ffffffffff', '000000000000000001fffffffffffffc1ffffffffff',
    '0000000000000000003fffffffffffff9ffffffffff', '0000000000000000001ffffffffffffffffffffffff', '00000000000000000003fffffffffffffffffffffff', '00000000000000000000fffffffffffffcfffffffff',
    '000000000000000000007fffffffffffff7ffffffff', '0000000000000000000003ffffffffffff0ffffffff', '0000000000000000000000ffffffffffff03fffffff', 'fffffffffffffffffffffffffffffffffffffffffff',
    'fffffffffffffffffffffffffffffffffffffffffff', 'fffffffffffffffffffffffffffffffffffffffffff', 'fffffffffffffffffffffffffc0000000ffffe00000', 'ffffffffffffffffffffffffff80000003fffe00000',
    'ffffffffffffffffffffffffffc0000001fff000000', 'ffffffffffffffffffffffffffc0000000000000000', 'ffffffffffffffffffffffffffc0000000000000000', 'ffffffffffffffffffffffffffff000000000000000',
    'ffffffffffffffffffffffffffff000000000000000', 'ffffffffffffffffffffffffffff800000000000000', 'fffffffffffffffffffffffffffff00000000000000', 'fffffffffffffffffffffffffffffe0000000000000',
    'ffffffffffffffffffffffffffffff8000000000000', 'ffffffffffffffffffffffffffffff8000000000000', 'ffffffffffffffffffffffffffffff8000000000000', 'fffffffffffffffffffffffffffffffffffffffffff',
    'fffffffffffffffffffffffffffffffffffffffffff', '000000000000000000000000001ffffffffffffffff', '0000000000000000000000000003fffffffffffffff', '00000000000000000000000000001ffffffffffffff',
    '000000000000000000000000000000fffffffffffff', '0000000000000000000000000000007ffffffffffff', '003f0000000000000007fffffffffffffffffffffff', 'fffffffffffffffffffffffffffffffffffffffffff',
    'fffffffffffffffffffffffffffffffffffffffffff', 'fffffffffffffffffffffffffffffffffffffffffff', 'fffffffffffffffffffffffffffffffffffffffffff', 'fffffffffffffffffffffffffffffffffffffffffff',
  ],
};

/** French land beyond Europe, each as south, north, west and east. */
const beyond: readonly (readonly [number, number, number, number])[] = [
  [15.8, 16.6, -61.9, -60.9], [17.8, 18.2, -63.2, -62.7], [14.3, 15, -61.3, -60.7], [2, 6, -54.7, -51.5], [-21.5, -20.8, 55.1, 55.9], [-13.1, -12.5, 44.9, 45.4], [46.7, 47.2, -56.5, -56.1],
  [-22.8, -19.5, 163.4, 168.2], [-28, -7, -155, -134], [-14.5, -13.1, -178.4, -176],
];

/** Whether a road may lead to a point: land in Europe, a quay, the coast within some twenty kilometres, or French land overseas. Degrees of WGS 84. */
export function isLand(lat: number, lon: number): boolean {
  const [row, column] = [Math.floor((lat - LAND.south) * CELLS_A_DEGREE), Math.floor((lon - LAND.west) * CELLS_A_DEGREE)];
  const four = LAND.bits[row]?.[column >> 2];
  if (four !== undefined) return ((Number.parseInt(four, 16) >> (3 - (column & 3))) & 1) === 1;
  return beyond.some(([south, north, west, east]) => lat >= south && lat <= north && lon >= west && lon <= east);
}
