import { describe, expect, test } from 'vitest';
import { readStartArgs, readTestArgs, STEP_NAMES } from '../../.config/runner/args.mjs';

const wrongUsage = expect.objectContaining({ code: 2, message: expect.stringContaining('usage: ') });

describe('the arguments of start', () => {
  test.each([
    [[], { demo: false, port: undefined, data: undefined }],
    [['--demo'], { demo: true, port: undefined, data: undefined }],
    [['--port', '8080', '--data', './장부'], { demo: false, port: '8080', data: './장부' }],
    [['--data=/tmp/x', '--port=0'], { demo: false, port: '0', data: '/tmp/x' }],
  ])('%j', (args, read) => {
    expect(readStartArgs(args)).toEqual(read);
  });

  test.each([
    [['--port']],
    [['--port', 'abc']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--data=']],
    [['--dmeo']],
    [['folder']],
  ])('%j is wrong usage', (args) => {
    expect(() => readStartArgs(args)).toThrow(wrongUsage);
  });
});

describe('the arguments of test', () => {
  test.each([
    [[], STEP_NAMES, []],
    [['--only', 'vitest'], ['vitest'], []],
    [
      ['--only', 'playwright', '-g', '출석'],
      ['playwright', 'tools', 'build'],
      ['-g', '출석'],
    ],
    [['--only', 'eslint,vue-tsc'], ['eslint', 'vue-tsc'], []],
    [['--only', 'vitest', 'tests/unit', '-t', 'shell'], ['vitest'], ['tests/unit', '-t', 'shell']],
  ])('%j', (args, only, rest) => {
    expect(readTestArgs(args)).toEqual({ only, rest });
  });

  test.each([[['--only']], [['--only', 'lint']], [['vitest']], [['--only', 'eslint,vitest', 'tests/unit']]])(
    '%j is wrong usage',
    (args) => {
      expect(() => readTestArgs(args)).toThrow(wrongUsage);
    },
  );
});
