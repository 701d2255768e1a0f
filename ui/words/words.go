// Package words says in one plain sentence what went wrong, and what to do next,
// to a nurse who has a patient waiting.
package words

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
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

// AtSignIn says why nobody can be signed in. Nothing was typed that could be lost, so
// what is said of a save that failed would be wrong here.
func AtSignIn(err error) Message {
	next := tongue.T("Try again in a minute. Until it works, follow the ward's downtime procedure, tell the charge nurse and call IT.")
	switch {
	case errors.Is(err, chart.ErrRecordAway):
		return Message{tongue.T("The record cannot be reached, so nobody can be signed in just now."), next}
	case errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, staff.ErrDirectoryAway) &&
		!errors.Is(err, staff.ErrSessionsAway):
		return Message{tongue.T("Sign-in cannot be checked right now."), next}
	}
	return For(err)
}

// For says err. A nil error is the empty Message. What is unknown is said
// without the error's own text: that may hold names, and helps no nurse.
func For(err error) Message {
	if err == nil {
		return Message{}
	}
	var held *chart.HeldError
	if errors.As(err, &held) && held.Holder.Name != "" {
		what := tongue.Tf("%s is editing this section.", held.Holder.Name)
		if held.Holder.Station != "" {
			what = tongue.Tf("%s is editing this section at %s.", held.Holder.Name, held.Holder.Station)
		}
		return Message{what, tongue.T("Ask to be told when it is free, or wait.")}
	}
	var over *chart.TakenOverError
	if errors.As(err, &over) && over.By.Name != "" {
		what := tongue.Tf("%s at %s took this section over at %s: “%s”.", over.By.Name, over.By.Station,
			tongue.Clock(over.By.Since), over.By.Reason)
		if over.By.Reason == "" {
			what = tongue.Tf("%s at %s took this section over at %s.", over.By.Name, over.By.Station,
				tongue.Clock(over.By.Since))
		}
		return Message{what,
			tongue.T("Nothing of yours was saved. Your text is kept as a draft; you find it at any station of the ward.")}
	}
	var taken *alert.TakenError
	if errors.As(err, &taken) && taken.Move.ByName != "" {
		return Message{tongue.Tf("%s accepted this alert first.", taken.Move.ByName),
			tongue.T("Nothing more to do, unless you want to help.")}
	}
	var uncalled *alert.NotCalledError
	if errors.As(err, &uncalled) {
		return notCalled(uncalled)
	}
	for _, e := range known() {
		if errors.Is(err, e.err) {
			return e.say
		}
	}
	return Message{tongue.T("Something went wrong at this station."),
		tongue.T("Try once more; if it stays, use another station and tell IT.")}
}

func known() []struct {
	err error
	say Message
} {
	return []struct {
		err error
		say Message
	}{
		{staff.ErrBadCredentials,
			Message{tongue.T("The staff ID and password do not match."), tongue.T("Check both and try again.")}},
		{staff.ErrTooManyTries,
			Message{tongue.T("There were too many tries."),
				tongue.T("Wait a minute, then try again, or ask the charge nurse.")}},
		{staff.ErrSessionEnded,
			Message{tongue.T("Your session has ended."), tongue.T("Sign in again; what you typed is kept.")}},
		{staff.ErrSessionsAway, Message{tongue.T("Sign-in cannot be checked right now."),
			tongue.T("Use another station or paper, and tell IT that Redis is away.")}},
		{staff.ErrDirectoryAway,
			Message{tongue.T("The hospital's directory cannot be asked, so nobody can sign in anew."),
				tongue.T("Use a station where somebody is signed in, or paper, and tell IT.")}},
		{staff.ErrNotAllowed, Message{tongue.T("Your role does not allow this."), tongue.T("Ask the charge nurse.")}},
		{staff.ErrNoReason,
			Message{tongue.T("This needs a reason, so nothing was done."), tongue.T("Say why in a few words.")}},
		{patient.ErrGone, Message{tongue.T("This patient is not here any more, so nothing was saved."),
			tongue.T("Look at the banner of the chart; your text is kept.")}},
		{patient.ErrNeverHere, Message{tongue.T("This patient was never on this ward, so nothing was saved."),
			tongue.T("Turn to the ward on which the patient is; your text is kept.")}},
		{patient.ErrOtherDecision, Message{
			tongue.T("The decision on SpO₂ scale 2 has changed since you looked, so nothing was recorded."),
			tongue.T("Look at the chart, then decide again.")}},
		{patient.ErrEnded, Message{tongue.T("This had been ended already, so nothing was recorded."),
			tongue.T("The history of the chart says when and by whom.")}},
		{patient.ErrNotInChart, Message{tongue.T("This is not in the chart any more, so nothing was recorded."),
			tongue.T("Look at the chart again. If it was merged with another, open that one.")}},
		{task.ErrNotOwn, Message{tongue.T("Somebody else entered this, so it was not taken back."),
			tongue.T("Ask the person named in the line, or the charge nurse.")}},
		{task.ErrStayOver, Message{tongue.T("The stay in which this was entered is over, so it was not taken back."),
			tongue.T("Write a note that says what was wrong.")}},
		{task.ErrNotClosed, Message{tongue.T("This is open already."), tongue.T("Look at the list before you go on.")}},
		{task.ErrNoReason,
			Message{tongue.T("This needs a reason, so nothing was done."), tongue.T("Say why in a few words.")}},
		{chart.ErrNoReason,
			Message{tongue.T("This needs a reason, so nothing was done."), tongue.T("Say why in a few words.")}},
		{chart.ErrHeld, Message{tongue.T("Somebody else is editing this section."),
			tongue.T("Ask to be told when it is free, or wait.")}},
		{chart.ErrLeaseLost, Message{tongue.T("You no longer hold this section, so nothing was saved."),
			tongue.T("Your text is kept; edit again to go on.")}},
		{chart.ErrConflict, Message{tongue.T("This section changed while you were typing, so nothing was saved."),
			tongue.T("Compare with what is there now; your text is kept.")}},
		{chart.ErrStaleFence, Message{tongue.T("Somebody saved this section after you, so nothing of yours was saved."),
			tongue.T("Compare with what is there now; your text is kept.")}},
		{chart.ErrSavedBefore,
			Message{tongue.T("An earlier text of this is in the record already; its answer was lost."),
				tongue.T("Save once more: what you typed since changes that entry, with your reason.")}},
		{chart.ErrRecordAway, Message{tongue.T("The record cannot be reached, so nothing was saved."),
			tongue.T("Your text is kept; try again in a moment or chart on paper.")}},
		{alert.ErrAlreadyAccepted, Message{tongue.T("Somebody else accepted this alert first."),
			tongue.T("Nothing more to do, unless you want to help.")}},
		{alert.ErrResolved,
			Message{tongue.T("This alert has already ended."), tongue.T("Look in History if you need it.")}},
		{alert.ErrNotYours,
			Message{tongue.T("Somebody else has this alert in hand."), tongue.T("Ask them, or give a reason.")}},
		{alert.ErrNotAccepted,
			Message{tongue.T("Nobody has this alert in hand any more."), tongue.T("Accept it if you take it.")}},
		{alert.ErrChanged, Message{tongue.T("This alert has changed since you read it; nothing was done."),
			tongue.T("Read it again, then press.")}},
		{alert.ErrNotOnWay, Message{tongue.T("You have not said that you are on your way to this alert."),
			tongue.T("Nothing to take back.")}},
		{alert.ErrNoReason,
			Message{tongue.T("This needs a reason, so nothing was done."), tongue.T("Say why in a few words.")}},
		{alert.ErrAlreadyRejected,
			Message{tongue.T("You turned this alert down already."),
				tongue.T("Others may still accept it, and so may you.")}},
		{alert.ErrUnknown,
			Message{tongue.T("This alert is no longer known."), tongue.T("Check the patient at the bedside.")}},
		{context.DeadlineExceeded, Message{tongue.T("This took too long, and it is not certain that it was done."),
			tongue.T("Look whether it is there before you try again.")}},
		{context.Canceled,
			Message{tongue.T("This was stopped before it was done."),
				tongue.T("Look whether it is there before you try again.")}},
	}
}
