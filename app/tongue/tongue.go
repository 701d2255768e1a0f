// Package tongue says the station's texts in the language of its reader.
//
// The key of a text is its English. A program that chooses no language, such as
// wardctl and wardgate, speaks the English of its source; the station calls
// [Speak] once, before it makes its first screen, with a catalogue that
// assets/translations holds.
//
// Only what a person reads on a screen goes through here. What is written into
// the record, the audit trail, Redis, a log or an export, what is compared, and
// what a patient or a nurse is called, stays as it is: a ward may have stations
// of several languages, and all of them must read the same record.
package tongue

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// spoken is the catalogue in use; nil is the English of the source.
var spoken atomic.Pointer[Catalogue]

// Speak makes every following text come from c; nil is English again. Texts that
// are already on a screen stay as they are. It is safe from any goroutine.
func Speak(c *Catalogue) { spoken.Store(c) }

// Language is the language that is spoken, as BCP 47 has it: "en", "de".
func Language() string {
	if c := spoken.Load(); c != nil {
		return c.tag.String()
	}
	return language.English.String()
}

// T says a text. One that the catalogue does not have is said in English: a
// nurse who reads a foreign sentence is better off than one who reads none.
func T(key string) string {
	if e, ok := spoken.Load().entry(key); ok {
		return e[plural.Other]
	}
	return key
}

// Key marks a text that is said elsewhere, by [T] of a variable, and gives it back
// as it is: a table of texts, a reason that other stations read in a language of
// their own.
func Key(key string) string { return key }

// Tf says a text with values in it. The key is a format of package fmt; a
// translation may set the values in another order ("%[2]s"). Numbers with a
// fraction get the decimal sign of the language.
func Tf(key string, args ...any) string {
	c := spoken.Load()
	if c == nil {
		return fmt.Sprintf(key, args...)
	}
	return fmt.Sprintf(T(key), c.numbers(args)...)
}

// N says a text that counts something: one is its form for a single thing, other
// its form for all else and its key. The number is the first value of the format,
// args the rest: N(3, "%d alert", "%d alerts"). A text without a format is the word
// alone, for a number that is drawn apart.
func N(n int, one, other string, args ...any) string {
	args = append([]any{n}, args...)
	text := other
	c := spoken.Load()
	if e, ok := c.entry(other); ok {
		text = e[plural.Other]
		if t, ok := e[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]; ok {
			text = t
		}
		args = c.numbers(args)
	} else if n == 1 {
		text = one
	}
	if !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Date writes a moment. The layout is one of package time and a key as well, so
// that a language has its own order of day, month and year; where it has the
// names of months, they are said in the language, too.
func Date(t time.Time, layout string) string {
	c := spoken.Load()
	if c == nil {
		return t.Format(layout)
	}
	return c.month(t, T(layout))
}

// Number writes a value with a fixed number of decimals and the decimal sign of
// the language, for reading only: what is parsed, stored or compared has a point.
func Number(v float64, decimals int) string { return Tf("%.*f", decimals, v) }

// numbers replaces what has a fraction by what says it in the language.
func (c *Catalogue) numbers(args []any) []any {
	if c.decimal == "." || !slices.ContainsFunc(args, func(a any) bool { _, is := a.(float64); return is }) {
		return args
	}
	args = slices.Clone(args)
	for i, a := range args {
		if v, is := a.(float64); is {
			args[i] = fraction{v, c.decimal}
		}
	}
	return args
}
