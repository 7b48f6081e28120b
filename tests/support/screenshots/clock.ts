/**
 * Loaded before the program by `--import`: its clock begins at the moment of the pictures and goes on slowly from there, so
 * that 오늘 is the same day, and the minute as a rule the same minute, on every run.
 */
const SLOWER = 2;
const moment = Date.parse(process.env['DANGOL_PICTURES_MOMENT'] ?? '');
const Real = globalThis.Date;
const begun = Real.now();

function now(): number {
  return moment + Math.floor((Real.now() - begun) / SLOWER);
}

globalThis.Date = class extends Real {
  constructor(...given: [] | ConstructorParameters<DateConstructor>) {
    if (given.length === 0) super(now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return now();
  }
} as DateConstructor;
