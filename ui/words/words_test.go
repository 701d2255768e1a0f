package words_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/assets/translations"
	"github.com/wardlight/wardlight/ui/words"
)

func TestEveryErrorHasPlainWords(t *testing.T) {
	generic := words.For(errors.New("x"))
	for _, err := range []error{
		staff.ErrBadCredentials, staff.ErrTooManyTries, staff.ErrSessionEnded, staff.ErrSessionsAway,
		staff.ErrNotAllowed,
		chart.ErrNoReason, chart.ErrHeld, chart.ErrLeaseLost, chart.ErrConflict, chart.ErrStaleFence, chart.ErrRecordAway,
		patient.ErrGone, patient.ErrOtherDecision, patient.ErrEnded, patient.ErrNotInChart, task.ErrNotOwn,
		task.ErrStayOver, task.ErrNotClosed, task.ErrNoReason,
		alert.ErrAlreadyAccepted, alert.ErrResolved, alert.ErrUnknown,
	} {
		m := words.For(fmt.Errorf("somewhere: %w", err))
		if m == generic {
			t.Errorf("%v: only the general words", err)
		}
		if !strings.HasSuffix(m.What, ".") || !strings.HasSuffix(m.Next, ".") {
			t.Errorf("%v: %q is not two sentences", err, m)
		}
	}
	if words.For(nil).String() != "" {
		t.Error("no error, but words")
	}
}

// All alerts are accepted together where there are two. Seen red with the words that left
// open how many there are.
func TestTheOnlyAlertIsSaidToBe(t *testing.T) {
	m := words.MayNot(alert.Card{}, alert.Rights{Accept: true}, "diaz", staff.Nurse, alert.Accepted)
	if m.What != "Only one alert is left to accept." || m.Next != "Accept it on its card." {
		t.Errorf("%q", m)
	}
}

// Whoever has an alert in hand is not told so in the third person. Seen red with the words
// about somebody else.
func TestTheirOwnAlertIsSaidToBe(t *testing.T) {
	c := alert.Card{State: alert.TakenInHand, TakenID: "diaz", TakenBy: "Diaz, M"}
	for me, want := range map[string]string{"diaz": "You have this alert in hand already.",
		"khan": "Diaz, M has this alert in hand."} {
		if m := words.MayNot(c, alert.Rights{}, me, staff.Nurse, alert.Accepted); m.What != want {
			t.Errorf("%s: %q", me, m)
		}
	}
}

// Whoever would accept an alert that another has in hand is told how they get it, and whoever would forward it,
// who may. Seen red with one text for both: "Only they forward it" to a press of A.
func TestWhoeverWouldTakeItOverIsToldHow(t *testing.T) {
	c := alert.Card{State: alert.TakenInHand, TakenID: "diaz", TakenBy: "Diaz, M"}
	for k, want := range map[alert.MoveKind]string{alert.Accepted: "To take it over, ask them",
		alert.Forwarded: "Only they can forward it"} {
		if m := words.MayNot(c, alert.Rights{}, "khan", staff.Nurse, k); !strings.HasPrefix(m.Next, want) {
			t.Errorf("%s: %q", k, m)
		}
	}
}

func TestHolderAndWinnerAreNamed(t *testing.T) {
	held := words.For(fmt.Errorf("edit: %w",
		&chart.HeldError{Holder: chart.Holder{Name: "Nguyen, T", Station: "WS-4B-2"}}))
	if !strings.Contains(held.What, "Nguyen, T") || !strings.Contains(held.What, "WS-4B-2") {
		t.Errorf("%q does not say who holds the section and where", held)
	}
	won := words.For(&alert.TakenError{Move: alert.Move{ByName: "Diaz, M"}})
	if !strings.Contains(won.What, "Diaz, M") {
		t.Errorf("%q does not say who accepted", won)
	}
}

// An unknown error's own text may hold a name or a path: it is never shown.
func TestUnknownErrorIsNotQuoted(t *testing.T) {
	if s := words.For(errors.New("OKAFOR, Grace at /var/lib")).String(); strings.Contains(s, "OKAFOR") ||
		strings.Contains(s, "/var") {
		t.Errorf("quoted: %q", s)
	}
}

// At sign-in nothing was typed that could be lost or saved: what is said of a save
// must not stand there. Seen red with AtSignIn saying what For says.
func TestSignInSpeaksOfSigningIn(t *testing.T) {
	for _, err := range []error{
		fmt.Errorf("staff: %w", chart.ErrRecordAway),
		fmt.Errorf("%w: %w", staff.ErrDirectoryAway, chart.ErrRecordAway), // the directory answered, the record did not
		fmt.Errorf("staff: %w", context.DeadlineExceeded),
	} {
		m := words.AtSignIn(err)
		for _, wrong := range []string{"saved", "kept", "it was done", "directory"} {
			if strings.Contains(m.String(), wrong) {
				t.Errorf("%v: %q speaks of %q", err, m, wrong)
			}
		}
		for _, want := range []string{"Try again", "downtime procedure", "charge nurse", "IT"} {
			if !strings.Contains(m.Next, want) {
				t.Errorf("%v: %q does not say %q", err, m.Next, want)
			}
		}
	}
	for _, err := range []error{staff.ErrBadCredentials, staff.ErrSessionsAway, staff.ErrDirectoryAway,
		staff.ErrNotAllowed} {
		if words.AtSignIn(err) != words.For(err) {
			t.Errorf("%v is said in other words at sign-in", err)
		}
	}
}

// The policy is said with the words that stand on the cards, in the language of the
// station. Seen red with the priorities' own names, which are English.
func TestEscalationSpeaksTheLanguage(t *testing.T) {
	german, err := translations.Open("de")
	if err != nil {
		t.Fatal(err)
	}
	tongue.Speak(german)
	t.Cleanup(func() { tongue.Speak(nil) })
	said := words.Escalates(alert.DefaultPolicy())
	for _, p := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		if word := words.Priority(p); !strings.Contains(said, word+": ") || strings.EqualFold(word, string(p)) {
			t.Errorf("%s is said as %q in:\n%s", p, word, said)
		}
	}
}
