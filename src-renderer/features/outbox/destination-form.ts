import { MAX_PLACE_CA } from '#shared/contract/limits.ts';
import type { Destination, Place, PlaceKind } from '#shared/contract/outbox.ts';

/** A destination as it stands in its form: texts, as they are typed. */
export interface Form {
  readonly kind: PlaceKind;
  name: string;
  path: string;
  url: string;
  user: string;
  host: string;
  port: string;
  security: 'tls' | 'starttls' | 'none';
  from: string;
  to: string;
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  accessKey: string;
  pathStyle: boolean;
  /** The hub's address. */
  hub: string;
  ca: string;
}

export type FormField = Exclude<keyof Form, 'kind'>;

export const placeKinds: readonly PlaceKind[] = ['folder', 'webdav', 'mail', 's3', 'hub'];

export function emptyForm(kind: PlaceKind): Form {
  return {
    kind,
    name: '',
    path: '',
    url: '',
    user: '',
    host: '',
    port: '465',
    security: 'tls',
    from: '',
    to: '',
    endpoint: '',
    region: '',
    bucket: '',
    prefix: '',
    accessKey: '',
    pathStyle: true,
    hub: '',
    ca: '',
  };
}

export function formOf(name: string, place: Place): Form {
  const { kind } = place;
  return { ...emptyForm(kind), name, ...textsOf(place) } as Form;
}

function textsOf({ kind: _kind, ...place }: Place): object {
  if ('to' in place) return { ...place, port: String(place.port), to: place.to.join(', ') };
  return 'ca' in place ? { hub: place.url, ca: place.ca } : place;
}

export function placeOf(form: Form): Place {
  const text = (field: FormField): string => String(form[field]).trim();
  switch (form.kind) {
    case 'folder':
      return { kind: 'folder', path: text('path') };
    case 'webdav':
      return { kind: 'webdav', url: text('url'), user: text('user') };
    case 'mail':
      return {
        kind: 'mail',
        host: text('host'),
        port: Number(text('port')),
        security: form.security,
        user: text('user'),
        from: text('from'),
        to: addressesIn(form.to),
      };
    case 's3':
      return {
        kind: 's3',
        endpoint: text('endpoint'),
        region: text('region'),
        bucket: text('bucket'),
        prefix: text('prefix'),
        accessKey: text('accessKey'),
        pathStyle: form.pathStyle,
      };
    case 'hub':
      return { kind: 'hub', url: text('hub'), ca: text('ca') };
  }
}

/** Addresses as people write several: with commas, semicolons, spaces or on lines of their own. */
export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

const EMAIL = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;
const MAX_ADDRESSES = 20;

function isAddress(text: string): boolean {
  return EMAIL.test(text.trim());
}

/** Of the web, without a user and a password in it: they would be shown wherever the address is. */
function isUrl(text: string): boolean {
  const typed = text.trim();
  return /^https?:\/\/[^/?#@]+([/?#]|$)/i.test(typed) && typed.length <= 1000 && URL.canParse(typed);
}

/** Without a password in it, for the same reason. */
function isHubUrl(text: string): boolean {
  const typed = text.trim();
  const shape = /^postgres(ql)?:\/\/[^\s/?#@:]+@[^\s/?#@]+\/[^\s/?#]+(\?sslmode=verify-full)?$/;
  return shape.test(typed) && typed.length <= 1000 && URL.canParse(typed);
}

/** None, or certificates; a private key is a mistake that would go out with a kit. */
function isAuthority(text: string): boolean {
  const typed = text.trim();
  if (typed.length > MAX_PLACE_CA || typed.includes('PRIVATE KEY')) return false;
  return typed === '' || typed.includes('-----BEGIN CERTIFICATE-----');
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535;
}

function isText(text: string, longest = 200): boolean {
  return text.trim() !== '' && text.trim().length <= longest;
}

/** What each kind must have; what is not here may be empty. The contract says the same; a test holds one to the other. */
const rules: Record<PlaceKind, Partial<Record<FormField, (text: string) => boolean>>> = {
  folder: { path: (text) => isText(text, 1000) },
  webdav: { url: isUrl },
  mail: {
    host: isText,
    port: isPort,
    from: isAddress,
    to: (text) => {
      const all = addressesIn(text);
      return all.length > 0 && all.length <= MAX_ADDRESSES && all.every(isAddress);
    },
  },
  s3: { endpoint: isUrl, region: isText, bucket: isText, accessKey: isText },
  hub: { hub: isHubUrl, ca: isAuthority },
};

/** The fields of the place that cannot be used as they stand, in the order of the form. */
export function faultsOf(form: Form): FormField[] {
  return (Object.entries(rules[form.kind]) as [FormField, (text: string) => boolean][])
    .filter(([field, isRight]) => !isRight(String(form[field])))
    .map(([field]) => field);
}

/** What a secret is called and whether there is one. */
export function secretOf(kind: PlaceKind): 'password' | 'secretKey' | 'hubPassword' | null {
  return (
    { folder: null, webdav: 'password', mail: 'password', s3: 'secretKey', hub: 'hubPassword' } as const
  )[kind];
}

/** Whether somebody signs in there: always where the kind asks for it, else where a user name stands. */
export function signsIn(at: { readonly kind: PlaceKind; readonly user?: string }): boolean {
  if (at.kind === 'folder') return false;
  return at.kind === 's3' || at.kind === 'hub' || (at.user ?? '').trim() !== '';
}

/** Somebody signs in there, and the password is not here: a kit came without it, or it was never given. */
export function lacksSecret({ place, hasSecret }: Pick<Destination, 'place' | 'hasSecret'>): boolean {
  return !hasSecret && signsIn(place);
}

/**
 * What is said of the secret: a new one, none any more (who signs in nowhere needs none), or nothing, and the one that is
 * kept stays.
 */
export function secretSaid(form: Form, typed: string, hasSecret: boolean): { secret?: string | null } {
  if (secretOf(form.kind) === null) return {};
  if (!signsIn(form)) return hasSecret ? { secret: null } : {};
  return typed === '' ? {} : { secret: typed };
}
