package words

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
)

// Closed says to a person, by staff ID, that a task which they wanted to close was closed
// before: which, by whom, when and how. Nothing was changed.
func Closed(t task.Task, who string, now time.Time) Message {
	m := closed(t, who, now)
	m.What = t.Line() + " · " + m.What
	return m
}

func closed(t task.Task, who string, now time.Time) Message {
	at, mine, medicine := tongue.Moment(t.Closed, now), t.ClosedBy == who, t.Kind == task.Medicine
	if t.Outcome == task.Done {
		switch {
		case mine && medicine:
			return Message{tongue.Tf("Given by you: %s.", at), tongue.T("Do not give it again.")}
		case mine:
			return Message{tongue.Tf("Closed by you: %s.", at), tongue.T("Do not do it again.")}
		}
		return Message{tongue.Tf("Closed by %s: %s.", t.ClosedByName, at), tongue.T("Do not do it again.")}
	}
	var what string
	switch {
	case mine && medicine:
		what = tongue.Tf("Your entry of %s: not given, “%s”.", at, t.Reason)
	case mine:
		what = tongue.Tf("Your entry of %s: not done, “%s”.", at, t.Reason)
	case medicine:
		what = tongue.Tf("Entry by %s, %s: not given, “%s”.", t.ClosedByName, at, t.Reason)
	default:
		what = tongue.Tf("Entry by %s, %s: not done, “%s”.", t.ClosedByName, at, t.Reason)
	}
	if mine {
		return Message{what, tongue.T("Nothing was changed. Take that back as entered in error, then enter it anew.")}
	}
	return Message{what, tongue.T("Nothing was changed. Ask them before you go on.")}
}

// TwoDrafts says that a person typed in one section at two stations: which text is shown,
// and which is kept behind it.
func TwoDrafts(shown, other chart.Draft, now time.Time) Message {
	return Message{tongue.Tf("You typed here at two stations. This is your text of %s.", placed(shown, now)),
		tongue.Tf("Your text of %s is kept, and comes when this one is saved or discarded.", placed(other, now))}
}

// Apart says that a person went on at another station with the text that was kept here.
func Apart(other chart.Draft, now time.Time) Message {
	return Message{tongue.Tf("You went on with this text elsewhere: %s.", placed(other, now)),
		tongue.T("Both are kept, in My drafts. Save one, then look at the other.")}
}

// placed is when and where a draft was written last: "14:05 at WS-2".
func placed(d chart.Draft, now time.Time) string {
	if d.Station == "" {
		return tongue.Moment(d.Saved, now)
	}
	return tongue.Tf("%s at %s", tongue.Moment(d.Saved, now), d.Station)
}
