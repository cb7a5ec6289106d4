package closing

import "github.com/coder/websocket"

// meanings are the codes of RFC 6455, section 7.4.1, and of IANA's registry.
var meanings = map[websocket.StatusCode]struct{ name, meaning string }{
	1000: {"normal closure", "it has done what it was for"},
	1001: {"going away", "the server stops, or the page was left"},
	1002: {"protocol error", "the other side broke the WebSocket protocol"},
	1003: {"unsupported data", "a message of a type that is not accepted, such as binary"},
	1004: {"reserved", "no meaning yet"},
	1005: {"no status received", "the close frame had no code"},
	1006: {"abnormal closure", "the connection ended without a close frame"},
	1007: {"invalid payload data", "a message was not what its type says, such as text that is not UTF-8"},
	1008: {"policy violation", "a message was against the rules of this server"},
	1009: {"message too big", "a message was longer than is accepted"},
	1010: {"mandatory extension", "the server did not offer an extension that the client needs"},
	1011: {"internal error", "the server met something that it did not expect"},
	1012: {"service restart", "the server restarts: connect again soon"},
	1013: {"try again later", "the server has too much to do"},
	1014: {"bad gateway", "what is behind the gateway gave a wrong answer"},
	1015: {"TLS handshake", "TLS failed"},
}

// Name is what a code is called.
func Name(code websocket.StatusCode) string {
	name, _ := lookup(code)
	return name
}

func lookup(code websocket.StatusCode) (name, meaning string) {
	known, ok := meanings[code]
	switch {
	case ok:
		return known.name, known.meaning
	case code >= 3000 && code <= 3999:
		return "registered", "a code of a library or framework: see IANA's WebSocket Close Code Number Registry"
	case code >= 4000 && code <= 4999:
		return "private use", "what it means is between this server and its clients"
	}
	return "unassigned", "no meaning yet"
}
