/**
 * Loaded before the program by `--import`: its clock begins at the moment of the pictures and goes on from there, so
 * that 오늘 is the same day on every run.
 */
const moment = Date.parse(process.env['DANGOL_PICTURES_MOMENT'] ?? '');
const Real = globalThis.Date;
const ahead = moment - Real.now();

globalThis.Date = class extends Real {
  constructor(...given: [] | ConstructorParameters<DateConstructor>) {
    if (given.length === 0) super(Real.now() + ahead);
    else super(...(given as [number]));
  }

  static override now(): number {
    return Real.now() + ahead;
  }
} as DateConstructor;
