package alert

import (
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/tongue"
)

// short are the targets of a path as a person types them.
var short = []struct {
	word   string
	target Target
}{{"nurse", PatientsNurse}, {"charge", ChargeNurse}, {"everyone", Everyone}}

// ParsePath reads a path such as "nurse,charge,everyone". Whether it is a safe
// one is what [Policy.Check] says.
func ParsePath(text string) ([]Target, error) {
	var out []Target
next:
	for word := range strings.SplitSeq(text, ",") {
		for _, s := range short {
			if strings.EqualFold(strings.TrimSpace(word), s.word) {
				out = append(out, s.target)
				continue next
			}
		}
		return nil, fmt.Errorf(
			"%w: %q is no step of a path; say nurse, charge or everyone, such as nurse,charge,everyone",
			ErrPolicy, word)
	}
	return out, nil
}

// PathWords is a path as ParsePath reads it.
func PathWords(path []Target) string {
	out := make([]string, len(path))
	for n, t := range path {
		out[n] = string(t)
		for _, s := range short {
			if s.target == t {
				out[n] = s.word
			}
		}
	}
	return strings.Join(out, ",")
}

// Set is the policy with the rule of one priority in place of its own.
func (p Policy) Set(pr Priority, r Rule) Policy {
	switch pr {
	case Medium:
		p.Medium = r
	case Low:
		p.Low = r
	case Technical:
		p.Technical = r
	default:
		p.High = r
	}
	return p
}

// Differs lists what another version sets differently, a line each: "high: after
// 20s, now 30s".
func (p Policy) Differs(now Policy) (out []string) {
	say := func(what string, was, is any) {
		if was, is := fmt.Sprint(was), fmt.Sprint(is); was != is {
			out = append(out, fmt.Sprintf("%s %s, now %s", what, was, is))
		}
	}
	for _, pr := range []Priority{High, Medium, Technical, Low} {
		a, b := p.For(pr), now.For(pr)
		say(string(pr)+": after", a.After.Words(), b.After.Words())
		say(string(pr)+": path", PathWords(a.Path), PathWords(b.Path))
		say(string(pr)+": latching", a.Latching, b.Latching)
	}
	say("shown nowhere: after", p.Unshown.Words(), now.Unshown.Words())
	return out
}

// Words is the time for a person: "20 s", or "never" for none.
func (s Seconds) Words() string {
	if s == 0 {
		return tongue.T("never")
	}
	return tongue.Tf("%g s", s.D().Seconds())
}
