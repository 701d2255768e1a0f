package tongue

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The two keys that are no texts: how a language writes numbers and months. What
// a catalogue leaves out is as in English.
const (
	KeyDecimal = "format.decimal" // the decimal sign: ","
	KeyMonths  = "format.months"  // twelve short names with spaces between
)

// ErrCatalogue means that a catalogue cannot be read; the text says why.
var ErrCatalogue = errors.New("tongue: catalogue")

// Catalogue holds the texts of one language. It never changes once read.
type Catalogue struct {
	tag     language.Tag
	entries map[string]entry
	decimal string
	months  []string
}

// entry finds a text; a nil catalogue has none.
func (c *Catalogue) entry(key string) (entry, bool) {
	if c == nil {
		return nil, false
	}
	e, ok := c.entries[key]
	return e, ok
}

// entry is a text by its plural forms; one that counts nothing has only Other.
type entry map[plural.Form]string

var forms = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few,
	"many": plural.Many, "other": plural.Other}

// Read reads a catalogue: one JSON object from key to text, where a text that
// counts is an object from plural form (as CLDR names them: one, few, other) to
// text. It is the format of go-i18n, which translation services can edit.
func Read(tag string, text []byte) (*Catalogue, error) {
	t, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCatalogue, tag, err)
	}
	var raw map[string]any
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCatalogue, tag, err)
	}
	c := &Catalogue{tag: t, entries: make(map[string]entry, len(raw)), decimal: "."}
	for key, value := range raw {
		e, ok := read(value)
		if !ok {
			return nil, fmt.Errorf("%w: %s: %q is neither a text nor plural forms with \"other\"", ErrCatalogue,
				tag, key)
		}
		c.entries[key] = e
	}
	if e, ok := c.entries[KeyDecimal]; ok {
		c.decimal = e[plural.Other]
	}
	if e, ok := c.entries[KeyMonths]; ok {
		if c.months = strings.Fields(e[plural.Other]); len(c.months) != 12 {
			return nil, fmt.Errorf("%w: %s: %s are %d names", ErrCatalogue, tag, KeyMonths, len(c.months))
		}
	}
	return c, nil
}

func read(value any) (entry, bool) {
	switch v := value.(type) {
	case string:
		return entry{plural.Other: v}, v != ""
	case map[string]any:
		e := entry{}
		for name, value := range v {
			form, known := forms[name]
			text, is := value.(string)
			if !known || !is || text == "" {
				return nil, false
			}
			e[form] = text
		}
		return e, e[plural.Other] != ""
	}
	return nil, false
}

// month writes a moment with the month's name in the language.
func (c *Catalogue) month(t time.Time, layout string) string {
	before, after, named := strings.Cut(layout, "Jan")
	if !named || c.months == nil {
		return t.Format(layout)
	}
	return t.Format(before) + c.months[t.Month()-1] + t.Format(after)
}

// fraction is a number that prints with the decimal sign of a language, under
// every verb.
type fraction struct {
	value   float64
	decimal string
}

// Format implements [fmt.Formatter].
func (f fraction) Format(s fmt.State, verb rune) {
	text := fmt.Sprintf(fmt.FormatString(s, verb), f.value)
	_, _ = s.Write([]byte(strings.Replace(text, ".", f.decimal, 1))) // a State's writer does not fail
}
