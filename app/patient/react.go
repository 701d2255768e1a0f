package patient

// Allergies is what a message says of a patient's allergies.
type Allergies struct {
	// Whole means that Has is all there is (AL1); else it adds to what stands.
	Whole bool
	Has   []Allergy
	Gone  []Allergy // taken back
	// Updated are those of Has that may give another name to what stands under their
	// identifier.
	Updated []Allergy
	// None is a word that none are known; "" is that nothing of it was said.
	None AllergyStatus
}

// Empty reports whether nothing was said.
func (a Allergies) Empty() bool {
	return !a.Whole && len(a.Has) == 0 && len(a.Gone) == 0 && a.None == AllergiesNotRecorded
}

// Known adds that none are known. Of two such words the one that says less counts.
func (a *Allergies) Known(none AllergyStatus) {
	if a.None != AllergiesNotRecorded {
		none = leastKnown(a.None, none)
	}
	a.None = none
}

// Reacted is what a word about allergies did that somebody should hear of.
type Reacted struct {
	Left    int  // how many stood and stand no more although nobody took them back
	Against bool // "none known" was said against what stands
	// Missed is how many were taken back under another name or identifier than that
	// of an allergy that stands: it stands on.
	Missed int
	// Unknown is how many were taken back that are not recorded.
	Unknown int
	// Renamed is how many stood under the identifier of a word that names them
	// otherwise: they were taken back by it, or have its name now.
	Renamed int
	// Older is how much was not taken, since a newer word of it stands.
	Older int
}

// React brings what was said of allergies to what stands, in any order, but for one
// thing: a word that names another substance under an identifier takes back only what
// came before it, so that in doubt an allergy stands on. What one
// word says of a substance, and what it says of the entries of one substance, is
// joined; a later word replaces that of its entry, and a word without an entry all of
// the substance. A word that none are known takes no recorded one away.
func (s *Summary) React(w Word, said Allergies) Reacted {
	t := &s.Told
	if t.None.IsZero() && t.NoneIs == "" && s.Allergy != AllergiesRecorded {
		t.NoneIs = s.Allergy
	}
	l := s.ledger()
	var out Reacted
	if !w.Fills {
		l.takeBack(w, said.Gone, &out)
		out.Renamed += l.update(w, said.Updated)
	}
	l.add(w, said.Has)
	out.Older += l.older
	if !w.Fills && said.Whole && w.over(t.Listed, false) {
		t.Listed = w.At
	}
	if said.None != AllergiesNotRecorded && w.over(t.None, t.NoneIs == "") {
		t.None, t.NoneIs = w.At, said.None
	}
	l.listed = t.Listed
	taken := l.show(s)
	switch {
	case len(s.Allergic) > 0:
		s.Allergy = AllergiesRecorded
	case !t.None.Before(t.Listed) && !t.None.Before(taken):
		s.Allergy = t.NoneIs
	default:
		s.Allergy = AllergiesNotRecorded
	}
	out.Left = len(l.stood)
	out.Against = said.None != AllergiesNotRecorded && len(s.Allergic) > 0
	return out
}

// takeBack takes out what is named. An identifier decides over a name.
func (l *ledger) takeBack(w Word, gone []Allergy, out *Reacted) {
	for n, a := range gone {
		a, key, doubt := l.named(a)
		entry := entryOf(key, a.Entry)
		it, known := l.items[entry]
		_, shown := l.shown[key]
		other, renamed := "", false
		if !known {
			other, renamed = l.identified(a.Entry, key)
		}
		switch {
		case renamed:
			entry, key, doubt = other, substanceIn(other), false
			it, known = l.items[entry], true
			out.Renamed++
		case shown && !known && a.Entry != "":
			doubt = true
		}
		if doubt {
			out.Missed++
		} else if !known && !shown {
			out.Unknown++
		}
		if known && !it.Gone && !w.over(it.At, false) {
			out.Older++
		}
		if !known || w.over(it.At, false) {
			l.items[entry] = ItemTold{At: w.At, N: n, Gone: true}
			delete(l.details, entry)
			if !doubt {
				delete(l.stood, key)
			}
		}
	}
}

// update takes out what stands under the identifier of a word by another name: the word
// itself brings the new one.
func (l *ledger) update(w Word, updated []Allergy) (renamed int) {
	for n, a := range updated {
		a, key, _ := l.named(a)
		if _, known := l.items[entryOf(key, a.Entry)]; known {
			continue
		}
		old, is := l.identified(a.Entry, key)
		if !is || !w.over(l.items[old].At, false) {
			continue
		}
		l.items[old] = ItemTold{At: w.At, N: n, Gone: true}
		delete(l.details, old)
		delete(l.stood, substanceIn(old))
		renamed++
	}
	return renamed
}

// identified is the one entry of another substance that stands under an identifier.
func (l *ledger) identified(id, but string) (entry string, is bool) {
	if id == "" {
		return "", false
	}
	var all []string
	for e, it := range l.items {
		if of := substanceIn(e); of != but && e == entryOf(of, id) && !it.Gone && !l.over(e) {
			all = append(all, e)
		}
	}
	if len(all) != 1 {
		return "", false
	}
	return all[0], true
}

func (l *ledger) add(w Word, has []Allergy) {
	now, filled := map[string]bool{}, map[string]bool{}
	for n, a := range has {
		a, key, _ := l.named(a)
		entry := entryOf(key, a.Entry)
		a.Entry = ""
		it, known := l.items[entry]
		switch {
		case now[entry]: // more of what this word says already
			l.details[entry] = l.details[entry].Join(a)
			continue
		case w.Fills && !filled[key] && said(l.items, key), !w.Fills && known && !w.over(it.At, false):
			if stands, is := l.details[entry]; !is || stands.Severity != a.Severity || stands.Reaction != a.Reaction {
				l.older++
			}
			continue
		case w.Fills:
			l.items[entry], filled[key] = ItemTold{At: l.listed, N: len(l.items)}, true
		default:
			l.items[entry] = ItemTold{At: w.At, N: n}
		}
		now[entry], l.details[entry] = true, a
		if _, is := l.shown[key]; !is {
			l.shown[key] = a
		}
	}
}
