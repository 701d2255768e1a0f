package site

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// setting is one line of a file that sets something.
type setting struct {
	key    string
	source Source
}

// wrong is the error about a setting. What it is set to is not repeated: it may
// be a secret that does not belong there.
func (s setting) wrong(problem, hint string) error {
	where := ""
	if s.source.File != "" {
		where = s.source.place() + ": "
	}
	if hint != "" {
		hint = " (" + hint + ")"
	}
	return fmt.Errorf("%w: %s%s %s%s", ErrConfig, where, s.key, problem, hint)
}

// mistyped is the error about a value of another kind than the setting has.
func (s setting) mistyped() error {
	k := lookup(s.key)
	hint := "for example " + k.Example
	if k.Type == aTime {
		hint += `; units are h, m and s, and 90 days are "2160h"`
	}
	return s.wrong("must be "+k.Type, hint)
}

// secretive are names under which people put secrets into files.
var secretive = regexp.MustCompile(`(?i)pass(word|wd|phrase)?$|^pass|secret|token|auth|private|credential|_key$|^key$`)

// keyBlock is how a private key begins, under whatever name.
const keyBlock = "PRIVATE KEY-----"

// settings lists what a file sets and refuses keys that nobody knows: a misspelt
// setting must not pass for one that was made.
func settings(source Source, text []byte) ([]setting, error) {
	var p unstable.Parser
	p.Reset(text)
	var made []setting
	section := ""
	on := func(line int) Source {
		if source.Line < 0 {
			return source
		}
		return Source{source.Layer, source.File, line}
	}
	add := func(prefix string, keys unstable.Iterator, value *unstable.Node) error {
		name, line := dotted(&p, prefix, keys)
		s := setting{name, on(line)}
		if strings.Contains(string(value.Data), keyBlock) {
			return s.wrong("is a private key, which no file may hold", "put it into the keyring: `wardctl enroll`")
		}
		switch k := lookup(name); {
		case k == nil:
			return s.unknown()
		case k.Type == aTime && value.Kind != unstable.String:
			return s.mistyped() // a bare number would be read as nanoseconds
		}
		made = append(made, s)
		return nil
	}
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			name, line := dotted(&p, "", e.Key())
			s := setting{name, on(line)}
			if e.Kind == unstable.ArrayTable || !isSection(name) {
				return nil, s.unknown()
			}
			section = name
		case unstable.KeyValue:
			if err := walk(&p, section, e, add); err != nil {
				return nil, err
			}
		}
	}
	if err := p.Error(); err != nil {
		var bad *toml.DecodeError
		if derr := toml.Unmarshal(text, &struct{}{}); errors.As(derr, &bad) { // the same, with its place
			line, _ := bad.Position()
			return nil, fmt.Errorf("%w: %s:%d: %s", ErrConfig, source.File, line,
				strings.TrimPrefix(bad.Error(), "toml: "))
		}
		return nil, fmt.Errorf("%w: %s: %w", ErrConfig, source.File, err)
	}
	return made, nil
}

// walk goes into inline tables.
func walk(p *unstable.Parser, prefix string, e *unstable.Node,
	add func(prefix string, keys unstable.Iterator, value *unstable.Node) error) error {
	if e.Value().Kind != unstable.InlineTable {
		return add(prefix, e.Key(), e.Value())
	}
	name, _ := dotted(p, prefix, e.Key())
	if !isSection(name) {
		return add(prefix, e.Key(), e.Value())
	}
	for it := e.Value().Children(); it.Next(); {
		if err := walk(p, name, it.Node(), add); err != nil {
			return err
		}
	}
	return nil
}

func dotted(p *unstable.Parser, prefix string, keys unstable.Iterator) (name string, line int) {
	var parts []string
	if prefix != "" {
		parts = append(parts, prefix)
	}
	for keys.Next() {
		n := keys.Node()
		parts = append(parts, string(n.Data))
		if line == 0 {
			line = p.Shape(n.Raw).Start.Line
		}
	}
	return strings.Join(parts, "."), line
}

// isSection reports whether keys stand below a name.
func isSection(name string) bool {
	for _, k := range Keys {
		if strings.HasPrefix(k.Name, name+".") {
			return true
		}
	}
	return false
}

// unknown is the error about a key that is none.
func (s setting) unknown() error {
	last := s.key[strings.LastIndexByte(s.key, '.')+1:]
	problem, hint := fmt.Sprintf("unknown key %q", s.key), ""
	switch near := nearest(s.key); {
	case isSection(s.key):
		problem, hint = fmt.Sprintf("%q is a section", s.key), fmt.Sprintf("write [%s] on a line of its own", s.key)
	case near != "" && distance(near, s.key) <= 2:
		hint = fmt.Sprintf("did you mean %q?", near)
	case secretive.MatchString(last):
		problem, hint = fmt.Sprintf("%q looks like a secret, which no file may hold", s.key),
			"put it into the keyring: `wardctl enroll`"
	case near != "":
		hint = fmt.Sprintf("did you mean %q?", near)
	default:
		hint = "`wardctl config explain` lists all"
	}
	return fmt.Errorf("%w: %s: %s: %s", ErrConfig, s.source.place(), problem, hint)
}

// nearest is the key or section that was most likely meant, or "".
func nearest(name string) string {
	best, at := "", len(name)/2+1
	try := func(known string) {
		d := distance(name, known)
		// "addrs" at the top level means "redis.addrs".
		if i := strings.LastIndexByte(known, '.'); i >= 0 {
			d = min(d, distance(name[strings.LastIndexByte(name, '.')+1:], known[i+1:])+1)
		}
		if d < at {
			best, at = known, d
		}
	}
	for _, k := range Keys {
		try(k.Name)
		for i, r := range k.Name {
			if r == '.' {
				try(k.Name[:i])
			}
		}
	}
	return best
}

// distance counts the letters to insert, delete or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
