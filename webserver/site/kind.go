package site

import (
	"path"
	"strings"
)

// kind is what a file's name says of its content.
type kind struct {
	mediaType string
	text      bool // gets much smaller when compressed
}

// kinds is written out because package mime reads the tables of the machine that it runs on,
// and the container has none.
var kinds = map[string]kind{
	".css":         {"text/css; charset=utf-8", true},
	".csv":         {"text/csv; charset=utf-8", true},
	".htm":         {"text/html; charset=utf-8", true},
	".html":        {"text/html; charset=utf-8", true},
	".js":          {"text/javascript; charset=utf-8", true},
	".json":        {"application/json", true},
	".map":         {"application/json", true},
	".md":          {"text/markdown; charset=utf-8", true},
	".mjs":         {"text/javascript; charset=utf-8", true},
	".svg":         {"image/svg+xml", true},
	".txt":         {"text/plain; charset=utf-8", true},
	".wasm":        {"application/wasm", true},
	".webmanifest": {"application/manifest+json", true},
	".xml":         {"text/xml; charset=utf-8", true},

	".avif":  {"image/avif", false},
	".gif":   {"image/gif", false},
	".gz":    {"application/gzip", false},
	".ico":   {"image/x-icon", false},
	".jpeg":  {"image/jpeg", false},
	".jpg":   {"image/jpeg", false},
	".mp3":   {"audio/mpeg", false},
	".mp4":   {"video/mp4", false},
	".ogg":   {"audio/ogg", false},
	".pdf":   {"application/pdf", false},
	".png":   {"image/png", false},
	".ttf":   {"font/ttf", false},
	".wav":   {"audio/wav", false},
	".webm":  {"video/webm", false},
	".webp":  {"image/webp", false},
	".woff":  {"font/woff", false},
	".woff2": {"font/woff2", false},
	".zip":   {"application/zip", false},
}

func kindOf(name string) kind {
	if k, ok := kinds[strings.ToLower(path.Ext(name))]; ok {
		return k
	}
	return kind{mediaType: "application/octet-stream"}
}
