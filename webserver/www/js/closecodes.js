// What a close code is called and what it means, in words: RFC 6455 section 7.4 and the IANA
// "WebSocket Close Code Number Registry". A code alone teaches nobody anything.

const CODES = {
  1000: ['Normal Closure', 'Both sides are done; nothing went wrong.'],
  1001: ['Going Away', 'One side is leaving: the server shuts down, or the page was left.'],
  1002: ['Protocol Error', 'One side broke the rules of the WebSocket protocol.'],
  1003: ['Unsupported Data', 'One side got a kind of message it cannot take, such as binary instead of text.'],
  1004: ['Reserved', 'This code has no meaning yet and should not be seen.'],
  1005: ['No Status Received', 'The close frame carried no code. Browsers report that as 1005; it is never sent.'],
  1006: ['Abnormal Closure', 'The connection broke with no close frame. Browsers report that as 1006; it is never sent.'],
  1007: ['Invalid Payload Data', 'A message did not fit its kind, such as text that is not valid UTF-8.'],
  1008: ['Policy Violation', 'A message broke a rule of the one who closed.'],
  1009: ['Message Too Big', 'A message was larger than the one who closed is willing to take.'],
  1010: ['Mandatory Extension', 'The client needs an extension that the server did not agree to.'],
  1011: ['Internal Error', 'The server ran into a fault of its own.'],
  1012: ['Service Restart', 'The server restarts; connect again in a moment.'],
  1013: ['Try Again Later', 'The server is overloaded; connect again later.'],
  1014: ['Bad Gateway', 'A proxy got an answer it could not use from the server behind it.'],
  1015: ['TLS Handshake', 'The TLS handshake failed. Browsers report that as 1015; it is never sent.'],
  3000: ['Unauthorized', 'The endpoint wants you to log in first.'],
  3003: ['Forbidden', 'The endpoint knows you and refuses all the same.'],
  3008: ['Timeout', 'Something took longer than the one who closed was willing to wait.'],
};

const RANGES = [
  [0, 999, 'Unused', 'Codes below 1000 are not used.'],
  [1016, 2999, 'Reserved', 'Kept for later versions of the protocol and its extensions.'],
  [3000, 3999, 'Registered', 'Kept for libraries and frameworks; this one is not in the registry known here.'],
  [4000, 4999, 'Private Use', 'The application chose this code; only it knows the meaning.'],
];

export function describeClose(code) {
  if (CODES[code]) return { code, name: CODES[code][0], meaning: CODES[code][1] };
  const range = RANGES.find(([from, to]) => code >= from && code <= to);
  if (range) return { code, name: range[2], meaning: range[3] };
  return { code, name: 'Unknown', meaning: 'Close codes go from 1000 to 4999.' };
}
