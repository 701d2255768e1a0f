package place

import "slices"

// authorities are those that call a number their own, by its value.
type authorities map[string][]string

func (a authorities) add(n Number) {
	if n.Value != "" && n.Authority != "" && !slices.Contains(a[n.Value], n.Authority) {
		a[n.Value] = append(a[n.Value], n.Authority)
	}
}

// whole is a number with its authority: one without is that of the only authority
// that has it.
func (a authorities) whole(n Number) string {
	if n.Value == "" {
		return ""
	}
	if of := a[n.Value]; n.Authority == "" && len(of) == 1 {
		n.Authority = of[0]
	}
	return n.Value + "\x00" + n.Authority
}

// numbers is what each event's visit is called, "" if nothing is: numbers that
// were changed are those of today. Where only the account is said it is the visit of
// that account, if it has one and no more, or is called by the account.
func numbers(events []Event) (out []string, account []bool) {
	visits, accounts := authorities{}, authorities{}
	for _, e := range events {
		visits.add(e.Visit)
		visits.add(e.Prior)
		accounts.add(e.Account)
	}
	called := today(events, visits)
	of := map[string][]string{} // the visits of an account
	for _, e := range events {
		v, a := called(visits.whole(e.Visit)), accounts.whole(e.Account)
		if v != "" && a != "" && !slices.Contains(of[a], v) {
			of[a] = append(of[a], v)
		}
	}
	out, account = make([]string, len(events)), make([]bool, len(events))
	for i, e := range events {
		out[i] = called(visits.whole(e.Visit))
		a := accounts.whole(e.Account)
		if out[i] != "" || a == "" {
			continue
		}
		switch its := of[a]; len(its) {
		case 0:
			out[i], account[i] = a+"\x00account", true
		case 1:
			out[i], account[i] = its[0], true
		}
	}
	return out, account
}

// today is what a visit is called that was called otherwise before.
func today(events []Event, visits authorities) func(string) string {
	now := map[string]string{}
	called := func(n string) string {
		for range len(now) + 1 { // two numbers that were changed into each other end it
			next, changed := now[n]
			if !changed {
				break
			}
			n = next
		}
		return n
	}
	for _, e := range events {
		if e.Kind != Renumber {
			continue
		}
		from, to := called(visits.whole(e.Prior)), called(visits.whole(e.Visit))
		if from != "" && to != "" && from != to {
			now[from] = to
		}
	}
	return called
}
