package result

import "github.com/wardlight/wardlight/app/vitals"

// remarks are what a reader must know of a value: what stood before, until when,
// and who changed it. They follow the statuses, not the order of arrival.
func (v Value) remarks(sign vitals.Quantity) []vitals.Remark {
	var out []vitals.Remark
	say := func(k vitals.RemarkKind, text string, by Result) {
		out = append(
			out,
			vitals.Remark{Kind: k, Of: sign, Text: text, At: by.StatusAt, By: by.Source, Sensor: by.Sensor},
		)
	}
	s, final := -1, false
	shown, gone := "", "" // what stands, and what stood before it was taken away
	for i, r := range v.Versions {
		before, had := s, shown
		if s, final = step(v.Versions, i, s, final); s == before {
			continue
		}
		if shown = ""; s >= 0 {
			shown = Text(v.Versions[s])
		}
		switch {
		case had != "" && shown == "": // also where what came in its place cannot be read
			say(vitals.Withdrawn, had, r)
			gone = had
		case had != "" && shown != had && v.Versions[before].Effect == Preliminary && r.Effect == Final:
			say(vitals.Finalised, had, r)
		case had != "" && shown != had:
			say(vitals.Corrected, had, r)
		case had == "" && shown != "" && gone != "": // what was taken away stands again
			if out = without(out, vitals.Withdrawn); gone != shown {
				say(vitals.Corrected, gone, r)
			}
			gone = ""
		}
	}
	if r, stands := v.Standing(); stands && !final && Text(r) != "" {
		say(vitals.Preliminary, "", r)
	}
	return append(out, v.takenBack(sign)...)
}

// takenBack remarks on what a person took back of a value of which nothing stands
// any more.
func (v Value) takenBack(sign vitals.Quantity) []vitals.Remark {
	var counted []Result
	var last Result
	for _, r := range v.Versions {
		if r.Void == "" {
			counted = append(counted, r)
		} else if Text(r) != "" {
			last = r
		}
	}
	if last.Void == "" || len(counted) > 0 && stands(counted) >= 0 {
		return nil
	}
	return []vitals.Remark{
		{
			Kind:   vitals.Withdrawn,
			Of:     sign,
			Text:   Text(last),
			At:     last.VoidAt,
			By:     last.VoidBy,
			Sensor: last.Sensor,
			Stray:  true,
		},
	}
}

func without(all []vitals.Remark, k vitals.RemarkKind) []vitals.Remark {
	var out []vitals.Remark
	for _, r := range all {
		if r.Kind != k {
			out = append(out, r)
		}
	}
	return out
}
