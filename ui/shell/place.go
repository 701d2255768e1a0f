package shell

import (
	"fmt"

	"fyne.io/fyne/v2"
)

// Place is a screen of the router.
type Place int

// The places.
const (
	SignIn Place = iota
	Board
	Patient
	Load
	Station
)

// scene is the screen, and the patient whose chart it is: a press that began before
// another one was opened is not for that one.
func (s *Shell) scene() string { return fmt.Sprint(int(s.place), " ", s.screens.Patient.Opened()) }

// Place is where the router stands.
func (s *Shell) Place() Place { return s.place }

// Go turns to a place. A dialog is closed, for it belongs to where it was opened, unless it is
// one that stays. Leaving the chart empties it; at sign-in nothing of a patient is behind.
func (s *Shell) Go(p Place) {
	s.leave()
	s.place = p
	s.cover.Hide()
	if p != Patient {
		s.screens.Patient.Close()
	}
	if p != Load {
		s.screens.Load.Clear()
	}
	if p == SignIn {
		s.dropWaiting()
		s.screens.Board.Clear()
		s.screens.Alerts.Clear()
		s.work.Hide()
		s.screens.SignIn.Content().Show()
	} else {
		s.screens.SignIn.Content().Hide()
		s.work.Show()
	}
	show(s.screens.Board.Content(), p == Board)
	show(s.screens.Patient.Content(), p == Patient)
	show(s.screens.Load.Content(), p == Load)
	show(s.screens.Station.Content(), p == Station)
	s.canvas.Unfocus()
	s.root.Refresh()
	s.focusPlace()
	s.AskNext()
}

// focusPlace puts the keyboard where work goes on.
func (s *Shell) focusPlace() {
	switch s.place {
	case SignIn:
		s.screens.SignIn.Focus()
	case Board:
		s.screens.Board.FocusBeds()
	case Patient:
		s.screens.Patient.Focus()
	case Load:
		s.canvas.Focus(s.screens.Load.Back())
	case Station:
		s.canvas.Focus(s.screens.Station.Back())
	}
}

// show shows or hides a screen.
func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}
