package patient

import (
	"maps"
	"strings"
)

// named is the substance that a word means. A code alone means the one that has the
// code, and gets its name, now or with the word that brings one. doubt is that
// another substance has the code.
func (l *ledger) named(a Allergy) (named Allergy, substance string, doubt bool) {
	key := substanceOf(a)
	if _, is := l.shown[key]; is {
		return a, key, false
	}
	var same []string
	for other, had := range l.shown {
		code, bare := a.sameCode(had)
		switch {
		case code && bare && a.System == had.System:
			same = append(same, other)
		case code:
			doubt = true
		}
	}
	if len(same) != 1 {
		return a, key, doubt || len(same) > 1
	}
	if had := l.shown[same[0]]; a.bare() {
		a.Substance, a.Code, a.System = had.Substance, had.Code, had.System
		return a, same[0], false
	}
	l.rename(same[0], a)
	return a, key, false
}

// rename gives what had a code alone the name of a word that has both.
func (l *ledger) rename(old string, a Allergy) {
	now := substanceOf(a)
	for entry, it := range maps.Clone(l.items) {
		if substanceIn(entry) != old {
			continue
		}
		to := now + strings.TrimPrefix(entry, old)
		l.items[to] = it
		delete(l.items, entry)
		if d, is := l.details[entry]; is {
			d.Substance = a.Substance
			l.details[to] = d
			delete(l.details, entry)
		}
	}
	l.shown[now] = l.shown[old]
	delete(l.shown, old)
	if l.stood[old] {
		l.stood[now] = true
		delete(l.stood, old)
	}
}
