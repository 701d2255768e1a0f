package words

import (
	"errors"
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
)

// MayNot says why a person, by staff ID, may not take a step with an alert as it stands, and who
// may.
func MayNot(c alert.Card, may alert.Rights, me string, role staff.Role, k alert.MoveKind) Message {
	switch {
	case c.State == alert.TakenInHand && c.TakenID == me && me != "":
		return Message{tongue.T("You have this alert in hand already."), tongue.T("End it, give it back or forward it.")}
	case !role.May(staff.AnswerAlert):
		return For(staff.ErrNotAllowed)
	case c.State == alert.EndedByCause:
		return For(alert.ErrResolved)
	case k == alert.NotComing:
		return For(alert.ErrNotOnWay)
	case c.State == alert.TakenInHand && (k == alert.Accepted || k == alert.OnMyWay):
		return Message{tongue.Tf("%s has this alert in hand.", c.TakenBy),
			tongue.T("To take it over, ask them to forward it to you, or a charge nurse to take it back.")}
	case c.State == alert.TakenInHand:
		return Message{tongue.Tf("%s has this alert in hand.", c.TakenBy),
			tongue.T("Only they can forward it or give it back; a charge nurse can take it back or end it.")}
	case k == alert.Resolved, k == alert.TakenBack:
		return Message{tongue.T("Nobody has this alert in hand yet."),
			tongue.T("Once it is accepted, it can be given back or ended.")}
	case k == alert.Accepted && may.Accept:
		return Message{tongue.T("Only one alert is left to accept."), tongue.T("Accept it on its card.")}
	case k == alert.OnMyWay:
		return For(&alert.NotCalledError{Kind: k, Role: role})
	case role == staff.CareAssistant:
		return Message{tongue.T("A care assistant cannot answer an alert."),
			tongue.Tf("It calls %s. Press W to say that you are on your way.", c.Call.Newest)}
	}
	return Message{tongue.Tf("This alert calls %s just now.", c.Call.Newest),
		tongue.T("They and the charge nurse can answer it, and you once it has escalated to everyone. Press W to say that you are on your way.")}
}

// About is a message about one alert: it says first whose alert, in which bed, and what the
// alert is. Several cards look alike, and the message stands far from the card.
func About(c alert.Card, m Message) Message {
	if m.What == "" {
		return m
	}
	var parts []string
	switch {
	case c.Alert.Patient != "" && !c.Unidentified:
		parts = append(parts, patient.Patient{Surname: c.Surname, Given: c.Given}.Name())
	case c.Unidentified, c.Nameless():
		parts = append(parts, tongue.T("Patient not known"))
	}
	if at := c.Place(); at != "" {
		parts = append(parts, at)
	}
	m.What = strings.Join(append(parts, c.Alert.Words()), ", ") + ": " + m.What
	return m
}

// notCalled says what the record refused by the table of rights.
func notCalled(e *alert.NotCalledError) Message {
	switch {
	case e.Kind == alert.OnMyWay && e.Role != staff.CareAssistant:
		return Message{tongue.T("You can accept this alert yourself now."), tongue.T("Accept it if you take it.")}
	case e.Role == staff.CareAssistant:
		return Message{tongue.T("A care assistant cannot answer an alert."),
			tongue.T("Say that you are on your way, and call a nurse.")}
	case e.Kind == alert.TakenBack, e.Kind == alert.Resolved:
		return Message{tongue.T("Only whoever has this alert in hand, or a charge nurse, can do this."),
			tongue.T("Ask them.")}
	}
	return Message{tongue.T("This alert does not call you just now."),
		tongue.T("The nurse of the patient, whoever it was forwarded to and the charge nurse can answer it, and you once it has escalated to everyone.")}
}

// NotAll says that some of several alerts were not accepted.
func NotAll(taken, asked int, why error) Message {
	m := For(why)
	if alert.Refused(why) && !errors.Is(why, alert.ErrNotCalled) {
		m = Message{Next: tongue.T(
			"The others changed, ended or were accepted by somebody else meanwhile: their cards say so.")}
	}
	next := m.Next
	if m.What != "" {
		next = m.What + " " + m.Next
	}
	return Message{tongue.Tf("%d of %d alerts are accepted.", taken, asked), next}
}
