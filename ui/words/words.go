// Package words says in one plain sentence what went wrong, and what to do next,
// to a nurse who has a patient waiting.
package words

import (
	"context"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
)

// Message is what happened and what to do next.
type Message struct {
	What string
	Next string
}

// String is both sentences.
func (m Message) String() string {
	if m.What == "" {
		return ""
	}
	return m.What + " " + m.Next
}

// For says err. A nil error is the empty Message. What is unknown is said
// without the error's own text: that may hold names, and helps no nurse.
func For(err error) Message {
	if err == nil {
		return Message{}
	}
	var held *chart.HeldError
	if errors.As(err, &held) && held.Holder.Name != "" {
		where := ""
		if held.Holder.Station != "" {
			where = " at " + held.Holder.Station
		}
		return Message{fmt.Sprintf("%s is editing this section%s.", held.Holder.Name, where), "Ask to be told when it is free, or wait."}
	}
	var over *chart.TakenOverError
	if errors.As(err, &over) && over.By.Name != "" {
		what := fmt.Sprintf("%s at %s took this section over at %s: “%s”.", over.By.Name, over.By.Station, over.By.Since.Local().Format("15:04"), over.By.Reason)
		if over.By.Reason == "" {
			what = fmt.Sprintf("%s at %s took this section over at %s.", over.By.Name, over.By.Station, over.By.Since.Local().Format("15:04"))
		}
		return Message{what, "Nothing of yours was saved. Your text is kept as a draft; you find it at any station of the ward."}
	}
	var taken *alert.TakenError
	if errors.As(err, &taken) && taken.Move.ByName != "" {
		return Message{fmt.Sprintf("%s accepted this alert first.", taken.Move.ByName), "Nothing more to do, unless you want to help."}
	}
	for _, e := range known {
		if errors.Is(err, e.err) {
			return e.say
		}
	}
	return Message{"Something went wrong at this station.", "Try once more; if it stays, use another station and tell IT."}
}

var known = []struct {
	err error
	say Message
}{
	{staff.ErrBadCredentials, Message{"The staff ID and password do not match.", "Check both and try again."}},
	{staff.ErrTooManyTries, Message{"There were too many tries.", "Wait a minute, then try again, or ask the charge nurse."}},
	{staff.ErrSessionEnded, Message{"Your session has ended.", "Sign in again; what you typed is kept."}},
	{staff.ErrSessionsAway, Message{"Sign-in cannot be checked right now.", "Use another station or paper, and tell IT that Redis is away."}},
	{staff.ErrDirectoryAway, Message{"The hospital's directory cannot be asked, so nobody can sign in anew.", "Use a station where somebody is signed in, or paper, and tell IT."}},
	{staff.ErrNotAllowed, Message{"Your role does not allow this.", "Ask the charge nurse."}},
	{staff.ErrNoReason, Message{"This needs a reason, so nothing was done.", "Say why in a few words."}},
	{chart.ErrHeld, Message{"Somebody else is editing this section.", "Ask to be told when it is free, or wait."}},
	{chart.ErrLeaseLost, Message{"You no longer hold this section, so nothing was saved.", "Your text is kept; edit again to go on."}},
	{chart.ErrConflict, Message{"This section changed while you were typing, so nothing was saved.", "Compare with what is there now; your text is kept."}},
	{chart.ErrStaleFence, Message{"Somebody saved this section after you, so nothing of yours was saved.", "Compare with what is there now; your text is kept."}},
	{chart.ErrRecordAway, Message{"The record cannot be reached, so nothing was saved.", "Your text is kept; try again in a moment or chart on paper."}},
	{alert.ErrAlreadyAccepted, Message{"Somebody else accepted this alert first.", "Nothing more to do, unless you want to help."}},
	{alert.ErrResolved, Message{"This alert has already ended.", "Look in History if you need it."}},
	{alert.ErrNotYours, Message{"Somebody else has this alert in hand.", "Ask them, or give a reason."}},
	{alert.ErrNotAccepted, Message{"Nobody has this alert in hand any more.", "Accept it if you take it."}},
	{alert.ErrNoReason, Message{"This needs a reason, so nothing was done.", "Say why in a few words."}},
	{alert.ErrAlreadyRejected, Message{"You turned this alert down already.", "Others may still accept it, and so may you."}},
	{alert.ErrUnknown, Message{"This alert is no longer known.", "Check the patient at the bedside."}},
	{context.DeadlineExceeded, Message{"This took too long, and it is not certain that it was done.", "Look whether it is there before you try again."}},
	{context.Canceled, Message{"This was stopped before it was done.", "Look whether it is there before you try again."}},
}
