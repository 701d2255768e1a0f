package alert

import (
	"fmt"
	"strconv"
	"strings"
)

// Said is what a source can say anew of an alert that is there.
type Said struct {
	Priority Priority `json:"priority"`
	Text     string   `json:"text"`
	Sent     string   `json:"sent,omitempty"`
	Holders  Holders  `json:"holders,omitempty"`
	Bed      string   `json:"bed,omitempty"`
}

// Change is what a later message of the same alert changed.
type Change struct {
	Was Said `json:"was"`
	Is  Said `json:"is"`
}

// Rises reports whether the priority rose; it never falls.
func (c *Change) Rises() bool { return c != nil && c.Is.Priority.Rank() < c.Was.Priority.Rank() }

func (a Alert) said() Said { return Said{a.Priority, a.Text, a.Sent, a.Holders, a.Bed} }

// with is an alert after its source said more of it. The priority is the more
// urgent one, and what was not said stays.
func (a Alert) with(said Alert) Alert {
	if said.Priority.Rank() < a.Priority.Rank() {
		a.Priority = said.Priority
	}
	if said.Text != "" && said.Text != NoText {
		a.Text = said.Text
	}
	if said.Sent != "" {
		found := said.Patient != "" || a.Patient == "" // a patient who is known has the number
		if found && (said.Holders != "" || said.Sent != a.Sent) {
			a.Holders = said.Holders
		}
		a.Sent = said.Sent
	}
	if said.Bed != "" && (said.Patient != "" || a.Patient == "") {
		a.Bed = said.Bed // a patient who is known lies where the record says
	}
	if said.Patient != "" {
		a.Patient = said.Patient
	}
	return a
}

// other reports whether an alert is of another patient than said, or may be.
func (a Alert) other(said Alert) bool {
	if said.Patient == "" {
		return a.Patient != "" && said.Sent != "" && !SameNumber(said.Sent, a.Sent)
	}
	return a.Patient != "" && said.Patient != a.Patient
}

// SameNumber reports whether two numbers of patients are one, in whatever groups they are written.
func SameNumber(a, b string) bool {
	return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "")
}

// Again is what a message becomes that raises an alert which was raised before:
// is is that alert as it stands, l its life. With a higher priority, another text
// or other things sent it is an update; where the alert has ended, or is another
// patient's, it raises a further alert of its own. So does what was raised after the
// end, whatever it says: it happened again. false: it says nothing new.
func (l Life) Again(is Alert, m Move) (Move, bool) {
	said := m.Alert
	if !said.Priority.Known() {
		said.Priority = High
	}
	now := is.with(said)
	switch {
	case is.other(said):
		said.ID = further(is.ID)
	case l.Stage == Ended:
		since := l.Resolved != nil && said.Raised.After(l.Resolved.At)
		if !since && now.Priority == is.Priority && now.Text == is.Text && now.Sent == is.Sent {
			return m, false
		}
		said.ID = further(is.ID)
		if said.Text == NoText {
			said.Text = is.Text
		}
		if said.Patient == "" && said.Sent == is.Sent {
			said.Patient, said.Bed, said.Holders = now.Patient, now.Bed, now.Holders
		}
	default:
		m.Kind, m.Change = Updated, &Change{Was: is.said(), Is: now.said()}
		m.Alert = now
		return m, now != is
	}
	m.Kind, m.Alert = Raised, said
	return m, true
}

const furtherPrefix = "again:"

// further is the ID of the alert that follows one whose source uses its ID again:
// "again:2:ID", then "again:3:ID".
func further(id string) string {
	root, n := Root(id)
	return Nth(root, n+1)
}

// Nth is the nth alert of an ID that its source uses again.
func Nth(root string, n int) string {
	if n < 2 {
		return root
	}
	return fmt.Sprintf("%s%d:%s", furtherPrefix, n, root)
}

// Root is the ID that the source gave, and which alert of that ID this is, 1 and
// up.
func Root(id string) (root string, n int) {
	if rest, is := strings.CutPrefix(id, furtherPrefix); is {
		if count, root, is := strings.Cut(rest, ":"); is {
			if n, err := strconv.Atoi(count); err == nil && n > 1 {
				return root, n
			}
		}
	}
	return id, 1
}

// updated is l after its source said more. A priority that rises calls those of
// the level again: the clock is that of the new priority from this moment, or the
// one that runs if that is sooner, and a person who turned the alert down is asked anew.
// Whoever has it in hand keeps it.
func (l Life) updated(m Move) Life {
	l.Update = held(m)
	if !m.Change.Rises() {
		return l
	}
	l.Rises++
	if l.Stage.Open() {
		l.Before = append(l.Before[:len(l.Before):len(l.Before)], Clocked{m.Change.Was.Priority, l.Called})
		l.Called, l.Rejections = m.At, nil
		if l.Stage == Declined {
			if l.Stage = Waiting; l.Level > 0 {
				l.Stage = Climbing
			}
		}
	}
	return l
}
