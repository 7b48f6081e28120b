/** One line on stderr: stdout belongs to the command that the runner starts. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure that a person can mend: the message is all that is shown. */
export class Stop extends Error {
  /**
   * @param {string} message what happened and what to do next
   * @param {number} [code] the exit code; 2 is wrong usage
   */
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** `2.1 s`, counted from a `performance.now()`. @param {number} from */
export function since(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
