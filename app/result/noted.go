package result

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/vitals"
)

// noteShown is how much of a note stands beside a value, in characters; the result has
// it whole.
const noteShown = 240

// notable are the signs in the order in which their notes are said.
var notable = []vitals.Quantity{
	vitals.RespirationRate,
	vitals.OxygenSaturation,
	vitals.OxygenDevice,
	vitals.OxygenFlow,
	vitals.InspiredOxygen,
	vitals.SystolicPressure,
	vitals.DiastolicPressure,
	vitals.PulseRate,
	vitals.BodyTemperature,
	vitals.ConsciousLevel,
}

// noted are the notes on values that stand: "do not use" must not be read in another
// place than the number. The note of an order is said once in a set, and that of a
// pressure once of its two numbers.
func noted(standing map[vitals.Quantity][]reading) (out []vitals.Remark) {
	for _, sign := range notable {
		for _, r := range standing[sign] {
			for _, note := range []string{r.OrderNote, r.Note} {
				text := shortened(note)
				once := note == r.OrderNote || sign == vitals.DiastolicPressure
				if text == "" ||
					once && slices.ContainsFunc(out, func(m vitals.Remark) bool { return m.Text == text }) {
					continue
				}
				out = append(
					out,
					vitals.Remark{
						Kind:   vitals.Noted,
						Of:     sign,
						Text:   text,
						At:     r.StatusAt,
						By:     r.Source,
						Sensor: r.Sensor,
					},
				)
			}
		}
	}
	return out
}

func shortened(note string) string {
	text := strings.Join(strings.Fields(note), " ")
	if long := []rune(text); len(long) > noteShown {
		return string(long[:noteShown-1]) + "…"
	}
	return text
}
