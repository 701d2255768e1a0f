package patient

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// ledger is what stands of allergies while a word is brought to it.
type ledger struct {
	listed  time.Time
	items   map[string]ItemTold
	details map[string]Allergy // by entry
	shown   map[string]Allergy // by substance
	stood   map[string]bool    // substances that stood before and were neither said nor taken back
	older   int                // words that were not taken, since a newer one stands
}

func (s *Summary) ledger() *ledger {
	l := &ledger{listed: s.Told.Listed, items: maps.Clone(s.Told.Items), details: map[string]Allergy{},
		shown: map[string]Allergy{}, stood: map[string]bool{}}
	if l.items == nil {
		l.items = map[string]ItemTold{}
	}
	for n, a := range s.Allergic {
		key := substanceOf(a)
		if had, twice := l.shown[key]; twice { // two spellings that a merge brought together
			a = had.Join(a)
		}
		l.shown[key], l.stood[key] = a, true
		if !l.stands(key) { // from another record, or of an older program
			at := l.items[key].At
			if at.Before(l.listed) {
				at = l.listed
			}
			l.items[key] = ItemTold{At: at, N: n}
		}
	}
	l.detail()
	return l
}

// detail finds what each entry says. What is shown of a substance beyond that, a merge
// has brought: it is an entry too.
func (l *ledger) detail() {
	said := map[string]Allergy{}
	for entry, it := range l.items {
		key := substanceIn(entry)
		if it.Of.Substance != "" && !it.Gone && !l.over(entry) {
			said[key] = it.Of.Join(said[key])
		}
		if shown, is := l.shown[substanceIn(entry)]; it.Of.Substance != "" {
			l.details[entry] = it.Of
		} else if is {
			l.details[entry] = shown
		}
	}
	for key, all := range said {
		if shown := l.shown[key]; !all.covers(shown) {
			if _, is := l.items[key]; !is {
				l.items[key] = ItemTold{At: l.listed}
			}
			l.details[key] = shown
		}
	}
}

// over reports whether an entry counts no more: a newer list or a newer word of the
// whole substance has come.
func (l *ledger) over(entry string) bool {
	at := l.items[entry].At
	return at.Before(l.listed) || at.Before(l.items[substanceIn(entry)].At)
}

// stands reports whether any entry of a substance counts and was not taken back.
func (l *ledger) stands(substance string) bool {
	for entry, it := range l.items {
		if substanceIn(entry) == substance && !it.Gone && !l.over(entry) {
			return true
		}
	}
	return false
}

// show puts into the summary what stands, and keeps what else counts. taken is the
// newest word that took something back.
func (l *ledger) show(s *Summary) (taken time.Time) {
	s.Allergic = nil
	at := map[string]int{}      // of a substance in what is shown
	of := map[string][]string{} // its entries
	for _, entry := range slices.SortedFunc(maps.Keys(l.items), l.compare) {
		it, key := l.items[entry], substanceIn(entry)
		detail, is := l.details[entry]
		switch {
		case l.over(entry):
			delete(l.items, entry)
			continue
		case it.Gone:
			if it.At.After(taken) {
				taken = it.At
			}
			continue
		case !is: // what a person took out
			delete(l.items, entry)
			continue
		}
		if n, shown := at[key]; shown {
			s.Allergic[n] = s.Allergic[n].Join(detail)
		} else {
			at[key] = len(s.Allergic)
			s.Allergic = append(s.Allergic, detail)
		}
		of[key] = append(of[key], entry)
		delete(l.stood, key)
	}
	for key, entries := range of {
		for _, entry := range entries {
			it := l.items[entry]
			if it.Of = (Allergy{}); len(entries) > 1 || entry != key {
				it.Of = l.details[entry]
			}
			l.items[entry] = it
		}
	}
	if s.Told.Items = l.items; len(l.items) == 0 {
		s.Told.Items = nil
	}
	return taken
}

// compare orders entries as they were said.
func (l *ledger) compare(a, b string) int {
	x, y := l.items[a], l.items[b]
	return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.N, y.N), strings.Compare(a, b))
}
