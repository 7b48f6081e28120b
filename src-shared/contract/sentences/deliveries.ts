import type { Sentences } from './sentence.ts';

/** Errors of sending what waits. */
export const deliveriesSentences = {
  DELIVERY_GONE: [
    '‘{title}’은(는) 이미 보냈어요. 아무것도 바뀌지 않았어요. 다시 보내려면 새로 만들어 보내 주세요.',
    '"{title}" was sent already. Nothing was changed. To send it once more, make it anew.',
  ],
  DELIVERY_ERASED: [
    '‘{title}’ 파일에 파기한 값이 들어 있을 수 있어서 지웠어요. 기록은 수첩에 그대로 있어요. 이 항목을 빼고 다시 보내 주세요.',
    '"{title}" may have held values that were destroyed since, so the file is gone. The records are in the notebook as ever. Take this entry out and send it anew.',
  ],
  DELIVERY_SENDING: [
    '‘{title}’을(를) 지금 보내고 있어요. 아무것도 바뀌지 않았어요. 끝난 다음에 다시 해 주세요.',
    '"{title}" is being sent right now. Nothing was changed. Try again when that is over.',
  ],
  DELIVERY_SLOW: [
    '{seconds}초 안에 끝나지 않아서 멈췄어요. 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 받는 곳이나 네트워크를 확인해 주세요.',
    'It did not end within {seconds} seconds and was stopped. The file is still here and is sent again by itself. If it goes on, check the destination or the network.',
  ],
  DELIVERY_FOLDER_TAKEN: [
    '{folder} 폴더에 {file}이(가) 이미 있는데 내용이 달라요. 그 파일은 그대로 두었고, 보낼 파일도 여기 있어요. 그 폴더의 파일을 옮기거나 지운 뒤 다시 보내 주세요.',
    'There is a file {file} in the folder {folder} already, with another content. It was left as it is, and the file to send is still here. Move or delete the one there, then send again.',
  ],
  DELIVERY_FOLDER_DIFFERS: [
    '{folder} 폴더에 보낸 {file}을(를) 다시 읽어 보니 내용이 달라서 지웠어요. 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 그 폴더의 디스크를 확인해 주세요.',
    'The file {file} was read back from the folder {folder} with another content, so it was taken away. The file to send is still here and is sent again by itself. If it goes on, check the disk of that folder.',
  ],
  DELIVERY_FOLDER_MISSING: [
    '{folder} 폴더에 닿지 않아요. 보낼 파일은 그대로 있고, 폴더가 보이면 저절로 보내요. USB를 꽂았는지, 공유 폴더에 연결됐는지 확인해 주세요.',
    'The folder {folder} is not there. The file is still here and is sent by itself once the folder is back. Check that the stick is plugged in or the share is connected.',
  ],
  DELIVERY_FOLDER_FORBIDDEN: [
    '{folder} 폴더에 쓸 권한이 없어요. 보낼 파일은 그대로 있어요. 폴더 주인에게 쓰기 권한을 받거나 다른 곳으로 보내 주세요.',
    'You may not write into the folder {folder}. The file is still here. Ask its owner for the right to write, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_READ_ONLY: [
    '{folder} 폴더는 읽기 전용이에요. 보낼 파일은 그대로 있어요. USB의 잠금을 풀거나 다른 곳으로 보내 주세요.',
    'The folder {folder} is read-only. The file is still here. Unlock the stick, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_FULL: [
    '{folder} 폴더에 자리가 없어요. 보낼 파일은 그대로 있고, 자리가 나면 저절로 보내요. 자리를 비우거나 다른 곳으로 보내 주세요.',
    'There is no room left in the folder {folder}. The file is still here and is sent by itself once there is room. Free some space, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_FAILED: [
    '{folder} 폴더에 쓰지 못했어요 ({reason}). 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 폴더를 확인해 주세요.',
    'The folder {folder} could not be written to ({reason}). The file is still here and is sent again by itself. If it goes on, check the folder.',
  ],
  DELIVERY_NOT_FOR_HUB: [
    '‘{name}’은(는) 팀 허브라서 세션 파일만 보낼 수 있어요. 보내려던 것은 보내지 않았고 기록도 그대로 있어요. 폴더나 메일처럼 다른 곳을 골라 주세요.',
    '"{name}" is the hub of the team, which takes session files alone. It was not sent, and what was recorded is still here. Choose another destination, such as a folder or mail.',
  ],
  DESTINATION_IN_USE: [
    '‘{name}’(으)로 보낼 것이 {count}건 있어서 지우지 않았어요. 먼저 보내거나, 받는 곳을 바꾸거나, 빼 주세요.',
    '{count} deliveries wait for "{name}", so it was not removed. Send them, send them elsewhere, or take them out first.',
  ],
  DELIVERY_OFFLINE: [
    '{where}에 닿지 못했어요 ({reason}). 보낼 것은 그대로 기다리고 있고, 연결되면 저절로 다시 보내요. 계속되면 인터넷 연결과 보낼 곳의 주소를 확인해 주세요.',
    '{where} could not be reached ({reason}). What is to be sent waits and goes by itself when there is a connection. If it goes on, check the network and the address of the destination.',
  ],
  DELIVERY_TIMEOUT: [
    '{where}에서 제때 답이 오지 않았어요. 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요. 계속되면 인터넷 연결을 확인해 주세요.',
    '{where} did not answer in time. What is to be sent waits and is tried again by itself. If it goes on, check the network.',
  ],
  DELIVERY_CUT: [
    '{where}와(과) 이어진 연결이 보내는 중에 끊겼어요 ({reason}). 반쪽 파일은 남기지 않았고, 처음부터 저절로 다시 보내요.',
    'The connection to {where} broke while it was being sent ({reason}). No half file stands there under its name; it is sent again from the start by itself.',
  ],
  DELIVERY_STOPPED: [
    '{where}(으)로 보내다가 멈췄어요. 보낼 것은 그대로 있어요. 다시 보내기를 누르거나 다음 차례를 기다려 주세요.',
    'Sending to {where} was stopped. What is to be sent is still here. Send it again, or wait for its next turn.',
  ],
  DELIVERY_CERTIFICATE: [
    '{where}의 인증서를 믿을 수 없어서 보내지 않았어요 ({reason}). 암호도 보내지 않았어요. 카페나 시장의 와이파이라면 먼저 로그인하거나 다른 인터넷으로 바꾸고, 노트북의 날짜가 맞는지 보세요. 계속되면 서버 담당자에게 알려 주세요.',
    'The certificate of {where} cannot be trusted ({reason}), so nothing was sent, no password either. On a public Wi-Fi, sign in to it first or use another network, and check the date of the laptop. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_TLS: [
    '{where}와(과) 보안 연결(TLS)을 맺지 못해서 보내지 않았어요 ({reason}). 암호도 보내지 않았어요. 포트와 보안 방식을 확인하거나, 다른 인터넷으로 바꾸어 보세요.',
    'No secure connection (TLS) with {where} could be made ({reason}), so nothing was sent, no password either. Check the port and the kind of security, or try another network.',
  ],
  DELIVERY_PLAIN: [
    '{where}의 주소가 http로 시작해서 보내지 않았어요. 암호와 자료가 남에게 보일 수 있어요. https로 시작하는 주소를 넣어 주세요.',
    'The address of {where} begins with http, so nothing was sent: others could read the password and the data. Enter an address that begins with https.',
  ],
  DELIVERY_SIGN_IN: [
    '{where}에 로그인하지 못했어요. 보낼 것은 그대로 있어요. 사용자 이름과 암호를 다시 넣어 주세요. 2단계 인증을 쓴다면 앱 암호가 필요할 수 있어요.',
    '{where} did not accept the sign-in. What is to be sent is still here. Enter the user and the password again. With two-step sign-in an app password may be needed.',
  ],
  DELIVERY_KEYS: [
    '{where}에서 액세스 키나 비밀 키를 받아들이지 않았어요 ({reason}). 보낼 것은 그대로 있어요. 두 키를 다시 넣어 주세요.',
    '{where} did not accept the access key or the secret key ({reason}). What is to be sent is still here. Enter both keys again.',
  ],
  DELIVERY_FORBIDDEN: [
    '{where}에 이 계정으로 쓸 권한이 없어요. 보낼 것은 그대로 있어요. 담당자에게 쓰기 권한을 부탁하거나 보낼 곳을 바꿔 주세요.',
    'This account may not write to {where}. What is to be sent is still here. Ask for the right to write, or choose another destination.',
  ],
  DELIVERY_NO_FOLDER: [
    '{where}에 보낼 폴더가 없어요. 보낼 것은 그대로 있어요. 폴더를 만들거나 주소를 고쳐 주세요.',
    'The folder is not there on {where}. What is to be sent is still here. Make the folder, or mend the address.',
  ],
  DELIVERY_NO_BUCKET: [
    '{where}에 {bucket} 버킷이 없어요. 보낼 것은 그대로 있어요. 버킷 이름과 주소를 확인해 주세요.',
    'There is no bucket {bucket} on {where}. What is to be sent is still here. Check the name of the bucket and the address.',
  ],
  DELIVERY_REGION: [
    '{where}의 버킷은 다른 지역({region})에 있어요. 보낼 것은 그대로 있어요. 보낼 곳의 지역과 주소를 고쳐 주세요.',
    'The bucket on {where} is in another region ({region}). What is to be sent is still here. Mend the region and the address of the destination.',
  ],
  DELIVERY_CLOCK: [
    '노트북의 시계가 {where}의 시계와 너무 달라서 받아 주지 않았어요. 보낼 것은 그대로 있어요. 노트북의 날짜와 시간을 맞추면 저절로 다시 보내요.',
    'The clock of this laptop differs too much from that of {where}, so it was not accepted. What is to be sent is still here. Set the date and time of the laptop; it is then sent by itself.',
  ],
  DELIVERY_NOT_WEBDAV: [
    '{where}의 주소에서는 WebDAV로 파일을 올리고 이름을 바꿀 수 없어요 ({method}: {status}). 보낼 것은 그대로 있어요. WebDAV 주소가 맞는지 확인해 주세요.',
    'At this address {where} does not let files be put and renamed by WebDAV ({method}: {status}). What is to be sent is still here. Check that it is the WebDAV address.',
  ],
  DELIVERY_MOVED: [
    '{where}에서 다른 주소({to})로 가라고 해요. 암호를 지키려고 따라가지 않았어요. 보낼 것은 그대로 있어요. 새 주소가 맞는지 확인하고 보낼 곳의 주소를 고쳐 주세요.',
    '{where} points to another address ({to}). To keep the password safe it was not followed. What is to be sent is still here. Check the new address, and mend that of the destination.',
  ],
  DELIVERY_NAME_TAKEN: [
    '{where}에 이름은 같고 내용이 다른 {file} 파일이 이미 있어요. 덮어쓰지 않았어요. 그곳의 파일을 살펴보고 옮기거나 지운 뒤 다시 보내 주세요.',
    '{where} already has a file {file} with other content. It was not overwritten. Look at it there, move or delete it, and send again.',
  ],
  DELIVERY_NOT_WHOLE: [
    '{where}에 올린 {file} 파일을 다시 읽어 보니 보낸 것과 달라요. 도착한 것으로 치지 않고 저절로 다시 보내요. 계속되면 서버 담당자에게 알려 주세요.',
    'Read back from {where}, {file} is not what was sent. It does not count as arrived and is sent again by itself. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_TOO_LARGE: [
    '{where}에서 받기에는 파일이 너무 커요 ({bytes}바이트). 보낼 것은 그대로 있어요. 기간이나 회차를 나누어 보내거나 다른 곳으로 보내 주세요.',
    'The file is too large for {where} ({bytes} bytes). What is to be sent is still here. Send it split by period or session, or to another destination.',
  ],
  DELIVERY_NO_ROOM: [
    '{where}에 남은 자리가 없어요. 보낼 것은 그대로 기다리고 있어요. 그곳의 자리를 비우면 저절로 다시 보내요.',
    'There is no room left on {where}. What is to be sent waits. Make room there; it is then sent by itself.',
  ],
  DELIVERY_LOCKED: [
    '{where}의 {file} 파일이 지금 잠겨 있어요. 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요.',
    'The file {file} on {where} is locked just now. What is to be sent waits and is tried again by itself.',
  ],
  DELIVERY_BUSY: [
    '{where}에서 조금 뒤에 다시 보내 달라고 해요 ({status}). 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요.',
    '{where} asks for it later ({status}). What is to be sent waits and is tried again by itself.',
  ],
  DELIVERY_SERVER: [
    '{where}에 문제가 생겼어요 ({status}). 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요. 계속되면 서버 담당자에게 알려 주세요.',
    'Something is wrong on {where} ({status}). What is to be sent waits and is tried again by itself. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_ANSWER: [
    '{where}에서 알 수 없는 답이 왔어요 ({status}). 보낼 것은 그대로 있어요. 보낼 곳의 주소를 확인하고, 맞으면 서버 담당자에게 알려 주세요.',
    '{where} gave an answer that is not understood ({status}). What is to be sent is still here. Check the address of the destination; if it is right, tell whoever runs the server.',
  ],
  DELIVERY_SENDER: [
    '{where}에서 보내는 주소 {address}을(를) 받아들이지 않았어요 ({status}). 보낼 것은 그대로 있어요. 이 계정의 메일 주소를 보내는 주소로 넣어 주세요.',
    '{where} did not accept {address} as the sender ({status}). What is to be sent is still here. Enter the address of this account as the sender.',
  ],
  DELIVERY_RECIPIENT: [
    '{where}에서 받는 주소 {address}을(를) 받아들이지 않았어요 ({status}). 메일은 나가지 않았고 보낼 것은 그대로 있어요. 받는 주소를 고쳐 주세요.',
    '{where} did not accept {address} as a recipient ({status}). No mail went out, and what is to be sent is still here. Mend the address.',
  ],
  DELIVERY_RECIPIENT_SOME: [
    '받는 주소 {address}을(를) {where}에서 받아들이지 않았어요. 다른 분들께는 메일이 갔어요. 주소를 고친 뒤 빠진 분께만 따로 보내거나, 다시 보내 주세요. 다시 보내면 다른 분들은 같은 메일을 한 번 더 받을 수 있어요.',
    '{where} did not accept the recipient {address}. The mail went to the others. Mend the address and send to that person apart, or send again; the others may then get the same mail once more.',
  ],
  DELIVERY_MAIL_REFUSED: [
    '{where}에서 메일을 받아 주지 않았어요 ({status}). 보낼 것은 그대로 있어요. 첨부를 막는 곳일 수 있으니 메일 담당자에게 알리거나 다른 곳으로 보내 주세요.',
    '{where} refused the mail ({status}). What is to be sent is still here. It may block attachments: ask whoever runs the mail, or choose another destination.',
  ],
} as const satisfies Sentences;
