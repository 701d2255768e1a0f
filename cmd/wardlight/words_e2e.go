//go:build e2e

package main

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/spots"
)

func init() {
	spots.Words = func(w fyne.Window) map[fyne.CanvasObject][]string {
		out := map[fyne.CanvasObject][]string{}
		for _, word := range screentest.Seen(w.Content(), w.Canvas().Size()) {
			if !word.Whole() {
				continue
			}
			for _, o := range word.Of {
				out[o] = append(out[o], word.Text)
			}
		}
		return out
	}
}
