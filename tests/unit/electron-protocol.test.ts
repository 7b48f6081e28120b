import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwnFile, isOwnPage, mayCall, mayUse, pageUrl, servePage } from '#main/shells/electron-protocol.ts';
import { contentSecurityPolicy } from '#main/shells/policy.ts';
import { rendererPath } from '#main/shells/renderer-files.ts';
import { mayOpenOutside } from '#shared/visiting/outside.ts';

let base: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'page-'));
  const root = path.join(base, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'assets', 'main.js'), 'export {}');
  writeFileSync(path.join(root, 'assets', '한글.woff2'), 'font');
  writeFileSync(path.join(root, 'notes.txt'), 'of no use to the page');
  writeFileSync(path.join(base, 'secret.js'), 'secret');
  mkdirSync(path.join(base, 'renderer-else'));
  writeFileSync(path.join(base, 'renderer-else', 'secret.js'), 'secret');
  serve = servePage(root);
});

afterAll(() => rmSync(base, { recursive: true }));

describe('the files of the page', () => {
  it.each([
    ['', 'text/html; charset=utf-8', '<!doctype html>'],
    ['index.html?x=1#/visits', 'text/html; charset=utf-8', '<!doctype html>'],
    ['assets/main.js', 'text/javascript; charset=utf-8', 'export {}'],
    ['assets/%ED%95%9C%EA%B8%80.woff2', 'font/woff2', 'font'],
    ['assets/../index.html', 'text/html; charset=utf-8', '<!doctype html>'],
  ])('serves /%s', async (name, type, content) => {
    const answer = await serve(new Request(pageUrl + name));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toBe(content);
  });

  it.each([
    'none.js',
    'assets',
    'assets/',
    'notes.txt',
    '../secret.js',
    '%2e%2e/secret.js',
    '..%2fsecret.js',
    'assets/..%2f..%2fsecret.js',
    '..%5csecret.js',
    '../renderer-else/secret.js',
    '..%2frenderer-else%2fsecret.js',
    'assets/main.js%00',
    'C:%5csecret.js',
    '%E0%A4%A.js',
    'index.html/main.js',
  ])('serves no /%s', async (name) => {
    const answer = await serve(new Request(pageUrl + name));
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  it('serves only its own host, and only reads', async () => {
    expect((await serve(new Request('app://else/index.html'))).status).toBe(404);
    expect((await serve(new Request(pageUrl, { method: 'POST' }))).status).toBe(405);
    const head = await serve(new Request(pageUrl, { method: 'HEAD' }));
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('where a path leads', () => {
  // As a server that does not tidy its URLs would get them.
  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/a/../../secret.js',
    '//etc/passwd',
    '/./x.js',
    '..',
    'x.js',
  ])('%s stays inside', (raw) => {
    const root = path.resolve('/srv/renderer');
    expect(rendererPath(root, raw)).toMatch(/^(?!.*\.\.).*renderer[\\/]/);
  });

  it.each(['/a%00.js', '/a%5cb.js', '/C:/x.js', '/%'])('%s leads nowhere', (raw) => {
    expect(rendererPath('/srv/renderer', raw)).toBeNull();
  });
});

describe('who the page is', () => {
  it.each([
    ['app://dangol/', true],
    ['app://dangol/#/sessions/1', true],
    ['app://dangol/index.html?x', true],
    ['app://dangol/assets/main.js', false],
    ['app://dangol.example/', false],
    ['app://else/', false],
    ['https://dangol/', false],
    ['file:///dangol/index.html', false],
    ['about:blank', false],
    ['not a url', false],
  ])('%s: %s', (url, own) => {
    expect(isOwnPage(url)).toBe(own);
    expect(mayCall({ url, parent: null })).toBe(own);
  });

  it('lets no frame within the page call, and none that is gone', () => {
    expect(mayCall({ url: pageUrl, parent: { url: pageUrl, parent: null } })).toBe(false);
    expect(mayCall(null)).toBe(false);
  });
});

describe('what the page made itself', () => {
  it.each([
    ['blob:app://dangol/0b2c', true],
    ['blob:app://dangol.example/0b2c', false],
    ['blob:https://example.com/0b2c', false],
    ['app://dangol/index.html', false],
    ['data:text/plain,x', false],
    ['', false],
  ])('%s: %s', (url, own) => {
    expect(isOwnFile(url)).toBe(own);
  });
});

describe('where the program sends a browser to', () => {
  it.each([
    ['https://pf.kakao.com/_abcd', true],
    ['https://place.map.kakao.com/12345', true],
    ['https://map.kakao.com/?itemId=1', true],
    ['https://PF.KAKAO.COM/_abcd', true],
    ['http://pf.kakao.com/_abcd', false],
    ['https://pf.kakao.com.example/_abcd', false],
    ['https://example.com/pf.kakao.com', false],
    ['https://someone@pf.kakao.com/', false],
    ['https://pf.kakao.com:8443/', false],
    ['https://kko.to/abc', false],
    ['mailto:a@example.com', false],
    ['tel:02-335-3591', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['ms-msdt:/id', false],
    ['', false],
  ])('%s: %s', (address, may) => {
    expect(mayOpenOutside(address)).toBe(may);
  });
});

describe('the policy', () => {
  it('lets nothing run that is not a file of the page', () => {
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('what the page may use beyond itself', () => {
  it.each([
    ['media', ['video'], 'app://dangol/#/visits/1', true],
    ['media', ['video'], 'app://dangol', true],
    ['media', ['video', 'audio'], 'app://dangol/', false],
    ['media', ['audio'], 'app://dangol/', false],
    ['media', [], 'app://dangol/', false],
    ['media', [undefined], 'app://dangol/', false],
    ['display-capture', ['video'], 'app://dangol/', false],
    ['geolocation', ['video'], 'app://dangol/', false],
    ['media', ['video'], 'app://elsewhere/', false],
    ['media', ['video'], 'https://dangol/', false],
    ['media', ['video'], '', false],
    ['fullscreen', [], 'app://dangol/', true],
    ['fullscreen', [], 'https://example.com/', false],
    ['notifications', [], 'app://dangol/', false],
    ['clipboard-read', [], 'app://dangol/', false],
    ['openExternal', [], 'app://dangol/', false],
    ['hid', [], 'app://dangol/', false],
  ])('%s of %o at %s: %s', (permission, kinds, url, granted) => {
    expect(mayUse(permission, kinds, url)).toBe(granted);
  });
});
