import { describe, expect, test } from 'vitest';
import { capture, run } from '../../.config/runner/spawn.mjs';

const node = process.execPath;

test.each([0, 3, 143])('exit code %i passes through', async (code) => {
  const end = await run(node, ['-e', `process.exit(${code})`]);
  expect(end).toEqual({ code, signal: null, asked: false });
});

describe.skipIf(process.platform === 'win32')('signals', () => {
  test('a program that ended by one ends as a shell counts', async () => {
    const end = await run(node, ['-e', 'process.kill(process.pid, "SIGTERM")']);
    expect(end).toEqual({ code: 143, signal: 'SIGTERM', asked: false });
  });

  test('one sent to this process reaches the program, which may end in its own way', async () => {
    const program = `process.on('SIGTERM', () => process.exit(5)); setTimeout(() => process.exit(9), 5000);
      process.kill(${process.pid}, 'SIGTERM')`;
    expect(await run(node, ['-e', program])).toEqual({ code: 5, signal: null, asked: true });
  });

  test('what a person stopped is no answer', async () => {
    const program = `process.on('SIGTERM', () => process.exit(0)); setTimeout(() => process.exit(9), 5000);
      process.kill(${process.pid}, 'SIGTERM')`;
    await expect(capture(node, ['-e', program])).rejects.toMatchObject({ message: 'stopped' });
  });

  test('after it ended nobody listens any more', async () => {
    const before = process.listenerCount('SIGTERM');
    await run(node, ['-e', '']);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

test('both streams are kept', async () => {
  const end = await capture(node, ['-e', 'console.log("한글"); console.error("trouble")']);
  expect(end.output.split('\n').toSorted()).toEqual(['', 'trouble', '한글'].toSorted());
});

test('a program over its time is ended', async () => {
  const end = await capture(node, ['-e', 'setTimeout(() => process.exit(9), 5000)'], { limitMs: 50 });
  expect(end.signal).toBe('SIGKILL');
});

test('a program that is not there is an error', async () => {
  await expect(run('dangol-no-such-program', [])).rejects.toMatchObject({ code: 'ENOENT' });
});
