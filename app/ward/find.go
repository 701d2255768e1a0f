package ward

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Errors of [Find].
var (
	// ErrUnknown means that there is no such ward.
	ErrUnknown = errors.New("no such ward")
	// ErrSeveral means that several wards are called so.
	ErrSeveral = errors.New("several wards are called so")
)

// Find is the ward that a person means by a name: its ID, the code that its site
// gives it, or CODE@SITE. What two wards are called is refused with both.
func Find(all []Ward, name string) (Ward, error) {
	var found []Ward
	for _, w := range all {
		if w.Full() == name {
			return w, nil
		}
		if w.ID == name || w.CodeOrID() == name {
			found = append(found, w)
		}
	}
	return one(found, name)
}

// cases compare a code or a site as it is written, then without case: 6N and 6n are
// one ward, unless a record from before has both.
var cases = []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold}

// one makes of wards that are called the same an [ErrSeveral] that names them.
func one(found []Ward, name string) (Ward, error) {
	switch len(found) {
	case 0:
		return Ward{}, fmt.Errorf("%w: %q", ErrUnknown, name)
	case 1:
		return found[0], nil
	}
	return Ward{}, fmt.Errorf("%w: %q is %s", ErrSeveral, name, Names(found))
}

// Names lists wards so that each can be told and named: "ICU of NORTH (ICU@NORTH)
// or ICU of SOUTH (ICU@SOUTH)".
func Names(all []Ward) string {
	var out []string
	for _, w := range all {
		of := w.Site
		if of == "" {
			of = "no site"
		}
		out = append(out, fmt.Sprintf("%s of %s (%s)", w.CodeOrID(), of, w.Full()))
	}
	slices.Sort(out)
	return strings.Join(out, " or ")
}

// CodeOrID is the code, or the ID of a ward without one.
func (w Ward) CodeOrID() string {
	if w.Code == "" {
		return w.ID
	}
	return w.Code
}

// Full is the name that only this ward has: CODE@SITE.
func (w Ward) Full() string { return w.CodeOrID() + "@" + w.Site }

// Select is the ward that another system means by a code and a site among the
// wards that have the code: that of the site, else the one that is of no site. Where
// no site is said it is the only one; found is false if there is none, and
// [ErrSeveral] is the error if there are several. What is written in just these letters
// comes before what is written in another case.
func Select(all []Ward, code, site string) (w Ward, found bool, err error) {
	for _, same := range cases {
		var called, of []Ward
		for _, w := range all {
			if !same(w.CodeOrID(), code) {
				continue
			}
			called = append(called, w)
			if site == "" || w.Site == "" {
				of = append(of, w)
			}
		}
		for _, same := range cases {
			for _, w := range called {
				if site != "" && same(w.Site, site) {
					return w, true, nil
				}
			}
		}
		if len(of) > 0 {
			w, err = one(of, code)
			return w, err == nil, err
		}
	}
	return Ward{}, false, nil
}

// longest is how long an ID may be, in characters.
const longest = 40

// NewID makes an ID for a ward: the code itself where it is free and fit for keys
// and commands (letters and digits of any script, and - _ .), else a part of it that
// is and, after "~", what only this site and code have. No code gets another's, and
// none is cut: the ward's name is the whole code.
func NewID(code, site string, taken func(id string) bool) string {
	fit := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, code)
	whole := fit == code && utf8.ValidString(code) && code != "" && code[0] != '-' && code[0] != '.' &&
		utf8.RuneCountInString(code) <= longest
	if whole && !taken(code) {
		return code
	}
	short := strings.Trim(string([]rune(fit)[:min(len([]rune(fit)), longest-9)]), "-.")
	sum := sha256.Sum256([]byte(site + "\x00" + code))
	for n := 4; ; n += 4 {
		if id := short + "~" + hex.EncodeToString(sum[:min(n, len(sum))]); !taken(id) || n >= len(sum) {
			return id
		}
	}
}
