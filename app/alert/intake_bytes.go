package alert

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// unwrapped takes off what is not part of the object: a byte order mark, white
// space, NUL at the end, a list of one, a string that holds it.
func unwrapped(b []byte) []byte {
	b = trimmed(utf8Of(b))
	for range 3 {
		switch {
		case len(b) == 0:
			return b
		case b[0] == '[':
			var list []json.RawMessage
			if json.Unmarshal(b, &list) != nil || len(list) != 1 {
				return b
			}
			b = trimmed(list[0])
		case b[0] == '"':
			var s string
			if json.Unmarshal(b, &s) != nil {
				return b
			}
			b = trimmed([]byte(s))
		default:
			return b
		}
	}
	return b
}

func trimmed(b []byte) []byte {
	return bytes.Trim(bytes.ReplaceAll(b, []byte("\uFEFF"), nil), " \t\r\n\v\f\x00\u00a0")
}

// utf8Of reads UTF-16, known by its mark.
func utf8Of(b []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return b
	}
	units := make([]uint16, 0, len(b)/2)
	for n := 2; n+1 < len(b); n += 2 {
		units = append(units, order.Uint16(b[n:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// mended is text that is almost JSON, as JSON: strings in single quotes and with
// raw control characters, words and numbers that JSON does not know, a comma too
// many or too few, quotes in a text, and what lacks at the end.
func mended(b []byte) []byte {
	var out bytes.Buffer
	var open []byte
	for n := 0; n < len(b); {
		switch c := b[n]; {
		case c == '"' || c == '\'':
			apart(&out)
			n = mendString(&out, b, n, len(open) > 0 && open[len(open)-1] == '}')
		case c == '{' || c == '[':
			apart(&out)
			open = append(open, c+2) // '}' and ']' in ASCII
			out.WriteByte(c)
			n++
		case c == '}' || c == ']':
			if len(open) == 0 || open[len(open)-1] != c {
				n++ // closes nothing
				continue
			}
			open = open[:len(open)-1]
			for out.Len() > 0 && out.Bytes()[out.Len()-1] == ',' {
				out.Truncate(out.Len() - 1)
			}
			out.WriteByte(c)
			if n++; len(open) == 0 {
				return append(out.Bytes(), b[n:]...)
			}
		case strings.IndexByte(" \t\r\n\v\f\x00", c) >= 0:
			n++
		case c == ',' || c == ':':
			out.WriteByte(c)
			n++
		default:
			end := n
			for end < len(b) && strings.IndexByte(" \t\r\n\v\f\x00,:{}[]\"'", b[end]) < 0 {
				end++
			}
			word := string(b[n:end])
			if !json.Valid([]byte(word)) {
				word = quoted(word)
			}
			apart(&out)
			out.WriteString(word)
			n = end
		}
	}
	for n := len(open) - 1; n >= 0; n-- {
		out.WriteByte(open[n])
	}
	return out.Bytes()
}

// apart writes the comma that is missing before another value or name.
func apart(out *bytes.Buffer) {
	if n := out.Len(); n > 0 && strings.IndexByte("{[,:", out.Bytes()[n-1]) < 0 {
		out.WriteByte(',')
	}
}

// behindString is what stands behind a string of an object: the end, a colon, or the name
// of the next member, with or without its comma. A quote before anything else is text that
// was not escaped.
var behindString = regexp.MustCompile(`^[\s\x00]*(?:$|[}\]:]|,?[\s\x00]*(?:$|[}\]]|["']?[\w .-]{1,64}["']?\s*(?::|$)))`)

// mendString writes the string that begins at n as JSON, and returns where it
// ends.
func mendString(out *bytes.Buffer, b []byte, n int, member bool) int {
	quote := b[n]
	var s []byte
	for n++; n < len(b) && (b[n] != quote || member && !behindString.Match(b[n+1:])); n++ {
		if b[n] != '\\' || n+1 >= len(b) {
			s = append(s, b[n])
			continue
		}
		n++
		var one string
		end := n + 1
		if b[n] == 'u' {
			end = min(n+5, len(b))
		}
		switch {
		case b[n] == quote:
			s = append(s, quote)
		case json.Unmarshal(fmt.Appendf(nil, `"\%s"`, b[n:end]), &one) == nil:
			s = append(s, one...)
			n = end - 1
		default:
			s = append(s, '\\', b[n])
		}
	}
	out.WriteString(quoted(string(s)))
	return n + 1
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // any string can be
	return string(b)
}
