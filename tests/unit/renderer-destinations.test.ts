import { describe, expect, test } from 'vitest';
import { outbox, type Place, type PlaceKind } from '#shared/contract/outbox.ts';
import {
  addressesIn,
  emptyForm,
  faultsOf,
  formOf,
  placeKinds,
  placeOf,
  secretSaid,
  type Form,
} from '../../src-renderer/features/outbox/destination-form.ts';
import { mailPresetNames, mailPresets, presetOf } from '../../src-renderer/features/outbox/mail-presets.ts';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

const good: Record<PlaceKind, Partial<Form>> = {
  folder: { path: '\\\\office\\share' },
  webdav: { url: 'https://cloud.example.kr/dav', user: 'kim' },
  mail: { ...mailPresets.naver, from: 'kim@example.kr', to: 'office@example.kr; lee@example.co.kr' },
  s3: { endpoint: 'https://s3.example.kr', region: 'kr', bucket: 'reports', accessKey: 'key' },
  hub: { hub: 'postgres://kim@hub.example.kr:5433/dangol', ca: CERTIFICATE },
};
const form = (kind: PlaceKind, more: Partial<Form> = {}): Form => ({
  ...emptyForm(kind),
  ...good[kind],
  ...more,
});
const isTaken = (of: Form): boolean =>
  outbox['destinations.test'].input.safeParse({ place: placeOf(of) }).success;

describe('the form of a destination', () => {
  test.each(placeKinds)(
    '%s, filled in, is what the contract takes, and comes back as it was typed',
    (kind) => {
      expect(faultsOf(form(kind))).toEqual([]);
      expect(isTaken(form(kind))).toBe(true);
      const place = placeOf(form(kind, { name: '사무실' }));
      expect(placeOf(formOf('사무실', place))).toEqual(place);
      expect(formOf('사무실', place).name).toBe('사무실');
    },
  );

  test.each<[PlaceKind, keyof Form, string]>([
    ['folder', 'path', '  '],
    ['folder', 'path', 'a'.repeat(1001)],
    ['webdav', 'url', 'cloud.example.kr/dav'],
    ['webdav', 'url', 'ftp://cloud.example.kr'],
    ['webdav', 'url', 'https://'],
    ['webdav', 'url', 'https://kim:pass@cloud.example.kr'],
    ['webdav', 'url', `https://cloud.example.kr/${'a'.repeat(1000)}`],
    ['mail', 'host', ''],
    ['mail', 'host', 'h'.repeat(201)],
    ['mail', 'port', ''],
    ['mail', 'port', '0'],
    ['mail', 'port', '65536'],
    ['mail', 'port', '4.5'],
    ['mail', 'from', 'kim'],
    ['mail', 'from', 'kim@@example.kr'],
    ['mail', 'from', 'kim@example'],
    ['mail', 'to', ''],
    ['mail', 'to', 'office@example.kr, lee'],
    ['mail', 'to', Array.from({ length: 21 }, (_, n) => `p${n}@example.kr`).join(' ')],
    ['s3', 'endpoint', 's3.example.kr'],
    ['s3', 'region', ''],
    ['s3', 'bucket', ''],
    ['s3', 'accessKey', ' '],
    ['hub', 'hub', ''],
    ['hub', 'hub', 'hub.example.kr/dangol'],
    ['hub', 'hub', 'https://kim@hub.example.kr/dangol'],
    ['hub', 'hub', 'postgres://hub.example.kr/dangol'],
    ['hub', 'hub', 'postgres://kim@hub.example.kr'],
    ['hub', 'hub', 'postgres://kim:pass@hub.example.kr/dangol'],
    ['hub', 'hub', 'postgres://kim@hub.example.kr:99999/dangol'],
    ['hub', 'hub', 'postgres://kim@hub.example.kr/dangol?sslmode=disable'],
    ['hub', 'hub', `postgres://kim@hub.example.kr/${'a'.repeat(1000)}`],
    ['hub', 'ca', 'authority.pem'],
    ['hub', 'ca', `${CERTIFICATE}\n-----BEGIN PRIVATE KEY-----`],
    ['hub', 'ca', `${CERTIFICATE}${'a'.repeat(16_384)}`],
  ])('%s with %s = %j is refused here as by the contract', (kind, field, value) => {
    const of = form(kind, { [field]: value });
    expect(faultsOf(of)).toEqual([field]);
    expect(isTaken(of)).toBe(false);
  });

  test('what may be empty may be', () => {
    const empty = [
      form('webdav', { user: '' }),
      form('mail', { user: '' }),
      form('s3', { prefix: '' }),
      form('hub', { ca: '' }),
    ];
    expect(empty.flatMap(faultsOf)).toEqual([]);
    expect(empty.every(isTaken)).toBe(true);
  });

  test('several addresses as people write them', () => {
    expect(addressesIn(' a@x.kr,b@x.kr;\nc@x.kr  d@x.kr ,')).toEqual([
      'a@x.kr',
      'b@x.kr',
      'c@x.kr',
      'd@x.kr',
    ]);
  });

  test.each<[string, Form, string, boolean, object]>([
    ['a folder has none', form('folder'), 'x', false, {}],
    ['a new one', form('webdav'), 'pass', false, { secret: 'pass' }],
    ['nothing typed keeps it', form('webdav'), '', true, {}],
    ['a hub always has one', form('hub'), 'pass', true, { secret: 'pass' }],
    ['another', form('s3'), 'key', true, { secret: 'key' }],
    ['who signs in nowhere needs none', form('mail', { user: '' }), '', true, { secret: null }],
    ['and never had one', form('mail', { user: ' ' }), 'left over', false, {}],
  ])('the secret: %s', (_name, of, typed, has, said) => expect(secretSaid(of, typed, has)).toEqual(said));
});

describe('the mail services', () => {
  test.each(mailPresetNames)('%s is found again by its server, and its connection is safe', (name) => {
    expect(presetOf({ host: ` ${mailPresets[name].host.toUpperCase()} ` })).toBe(name);
    expect(mailPresets[name].port).toBe(mailPresets[name].security === 'tls' ? '465' : '587');
  });

  test('another server is no service', () => expect(presetOf({ host: 'smtp.example.kr' })).toBeNull());
});

test('a place of a later version of a kind keeps what this form does not show out of the way', () => {
  const place: Place = { kind: 'folder', path: '/srv/share' };
  expect(placeOf({ ...formOf('a', place), url: 'left over' })).toEqual(place);
});
