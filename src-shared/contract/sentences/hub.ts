import type { Sentences } from './sentence.ts';

/** Errors of the team's hub. */
export const hubSentences = {
  HUB_URL: [
    '허브 주소 {where}을(를) 쓸 수 없어요: {at} 부분을 확인해 주세요. postgres://로그인:비밀번호@서버:5432/데이터베이스처럼 적어요. 아무것도 바뀌지 않았어요.',
    'The address of the hub, {where}, cannot be used: see its part {at}. It reads postgres://login:password@server:5432/database. Nothing was changed.',
  ],
  HUB_PLAIN: [
    '{where}에 암호화하지 않고 연결하려고 해서({mode}) 멈췄어요. 다른 컴퓨터의 허브에는 인증서를 확인하는 연결만 써요. 주소에서 sslmode를 빼 주세요.',
    'The address asks for {where} with {mode}, so it stopped: a hub on another machine is only reached with a certificate that was checked. Take sslmode out of the address.',
  ],
  HUB_UNREACHABLE: [
    '허브 {where}에 닿지 못했어요 ({reason}). 적은 것은 그대로 있고 계속 쓸 수 있어요. 네트워크와 주소를 확인하고 나중에 다시 해 주세요.',
    'The hub {where} could not be reached ({reason}). What was recorded is still here, and work goes on. Check network and address, and try again later.',
  ],
  HUB_SLOW: [
    '허브 {where}에서 제때 답이 없어요. 이미 오간 꾸러미는 그대로 남아 있어요. 나중에 다시 하면 이어서 해요.',
    'The hub {where} did not answer in time. Parcels that came through stay. Try again later; it goes on from there.',
  ],
  HUB_GONE: [
    '허브 {where}와(과) 연결이 끊어졌어요 ({reason}). 이미 오간 꾸러미는 그대로 남아 있고 잃은 것은 없어요. 다시 하면 이어서 해요.',
    'The connection to the hub {where} broke off ({reason}). Parcels that came through stay, and nothing is lost. Try again; it goes on from there.',
  ],
  HUB_BUSY: [
    '허브 {where}이(가) 지금 바빠요 ({reason}). 잃은 것은 없어요. 잠시 뒤에 다시 해 주세요.',
    'The hub {where} is busy just now ({reason}). Nothing is lost. Try again in a moment.',
  ],
  HUB_CERTIFICATE: [
    '허브 {where}의 인증서를 믿을 수 없어서 ({reason}) 아무것도 보내지 않았어요. 주소의 이름이 맞는지 보고, 기관의 인증서가 따로 있으면 그 파일(--ca)을 골라 주세요.',
    'The certificate of the hub {where} cannot be trusted ({reason}), so nothing was sent. See that the name in the address is right; for an authority of your own choose its file (--ca).',
  ],
  HUB_NO_TLS: [
    '허브 {where}이(가) 암호화된 연결을 받지 않아서 아무것도 보내지 않았어요. 데이터베이스 관리자에게 TLS를 켜 달라고 해 주세요.',
    'The hub {where} takes no encrypted connection, so nothing was sent. Ask its database administrator to turn TLS on.',
  ],
  HUB_SIGN_IN: [
    '허브 {where}에서 로그인을 받아 주지 않았어요. 아무것도 바뀌지 않았어요. 로그인 이름과 비밀번호를 확인해 주세요.',
    'The hub {where} did not accept the login. Nothing was changed. Check login and password.',
  ],
  HUB_NO_DATABASE: [
    '{where}에 그런 데이터베이스가 없어요. 주소 끝의 이름을 확인해 주세요.',
    'There is no such database at {where}. Check the name at the end of the address.',
  ],
  HUB_RIGHTS: [
    '이 로그인은 허브 {where}에서 그 일을 할 권한이 없어요 ({reason}). 아무것도 바뀌지 않았어요. 데이터베이스 관리자에게 권한(hub roles)을 확인해 달라고 해 주세요.',
    'This login may not do that on the hub {where} ({reason}). Nothing was changed. Ask the database administrator to check its rights (hub roles).',
  ],
  HUB_MISSING: [
    '{where} 데이터베이스에는 허브가 없어요. 주소를 확인하거나, 처음이라면 허브 만들기(hub init)를 해 주세요.',
    'There is no hub in the database {where}. Check the address; if it is to be a new one, make the hub (hub init).',
  ],
  HUB_FULL: [
    '허브 {where}의 디스크가 가득 찼어요 ({reason}). 보내던 꾸러미는 허브에 남지 않았고 여기 그대로 있어요. 관리자가 자리를 비우면 다시 해 주세요.',
    'The disk of the hub {where} is full ({reason}). The parcel at hand was not kept there and is still here. Ask its administrator to make room, and try again.',
  ],
  HUB_SERVER_OLD: [
    '허브 {where}의 서버는 PostgreSQL {found}판이라 쓸 수 없어요. {least}판부터 돼요. 관리자에게 새로 올려 달라고 해 주세요.',
    'The server of the hub {where} is PostgreSQL {found}; it takes {least} or newer. Ask its administrator to update it.',
  ],
  HUB_EXISTS: [
    '{where}에는 이미 허브가 있어요. 그대로 두었어요. 그 허브를 쓰려면 올리기와 받기(hub push, hub pull)를 하면 돼요.',
    'There is a hub at {where} already. It was left as it is. To use it, push and pull (hub push, hub pull).',
  ],
  HUB_KNOWN: [
    '이 노트북은 이미 다른 허브({name})를 쓰고 있어서 {where}에 만들지 않았어요. 옮기려는 것이 맞으면 먼저 허브 잊기(hub forget)를 해 주세요.',
    'This laptop uses another hub already ({name}), so none was made at {where}. If it is to move, forget the hub first (hub forget).',
  ],
  HUB_NEWER: [
    '허브 {where}은(는) 더 새로운 프로그램({found}판)이 만들었어요. 이 프로그램은 {known}판까지 알아요. 아무것도 바뀌지 않았어요. 프로그램을 새로 받아 주세요.',
    'The hub {where} is of a newer program (version {found}); this one knows {known}. Nothing was changed. Update the program.',
  ],
  HUB_OLDER: [
    '허브 {where}은(는) 예전 판({found})이고 이 프로그램은 {known}판을 써요. 아무것도 바뀌지 않았어요. 허브를 만든 분에게 새 판으로 올려 달라고(허브 만들기, hub init) 해 주세요.',
    'The hub {where} is of an older version ({found}); this program takes {known}. Nothing was changed. Ask whoever made the hub to bring it up to date (make the hub, hub init).',
  ],
  HUB_OTHER: [
    '{where}은(는) 이 노트북이 쓰던 허브가 아니에요 ({name}). 다른 기관의 허브일 수 있어서 아무것도 보내거나 받지 않았어요. 주소를 확인하고, 옮기는 것이 맞으면 허브 잊기(hub forget)를 해 주세요.',
    '{where} is not the hub that this laptop knows ({name}). It may be of another organisation, so nothing was sent or fetched. Check the address; if you mean to move, forget the hub (hub forget).',
  ],
  HUB_ROSTER_FORGED: [
    '허브 {where}의 코디네이터 명단에 있어야 할 서명이 맞지 않아요 ({rule}). 누가 바꿨을 수 있어서 아무것도 보내거나 받지 않았어요. 허브를 만든 분과 데이터베이스 관리자에게 알려 주세요.',
    'The list of coordinators of the hub {where} does not bear the right signature ({rule}). Somebody may have changed it, so nothing was sent or fetched. Tell whoever made the hub, and its database administrator.',
  ],
  HUB_NOT_MEMBER: [
    '이 로그인은 허브 {where}의 구성원 명단에 없어요. 관리자에게 노트북 번호 {laptop}(으)로 넣어 달라고 해 주세요.',
    'This login is not among the members of the hub {where}. Ask its administrator to add it for the laptop {laptop}.',
  ],
  HUB_LOGIN_OTHER: [
    '허브 {where}의 이 로그인은 다른 노트북({other})의 것이에요. 이 노트북은 {laptop}예요. 노트북마다 로그인이 하나씩 있어야 하니 관리자에게 물어봐 주세요.',
    'This login of the hub {where} is that of another laptop ({other}); this one is {laptop}. Each laptop has a login of its own: ask the administrator for one.',
  ],
  HUB_NOT_FOUNDER: [
    '코디네이터를 정하는 일은 허브 {where}을(를) 만든 노트북({founder})에서만 해요. 아무것도 바뀌지 않았어요. 그 노트북에서 해 주세요.',
    'Who coordinates is said by the laptop that made the hub {where} ({founder}). Nothing was changed. Do it on that laptop.',
  ],
  HUB_PARCEL_FORGED: [
    '허브의 꾸러미 {parcel}이(가) 서명된 그대로가 아니에요 ({rule}). 그 꾸러미는 받지 않았고, 같은 노트북의 그다음 것도 기다려요. 다른 것은 받았어요. 허브의 데이터베이스 관리자에게 알려 주세요.',
    'The parcel {parcel} of the hub is not as it was signed ({rule}). It was not taken in, and what follows it from the same laptop waits; the rest came in. Tell the database administrator of the hub.',
  ],
} as const satisfies Sentences;
