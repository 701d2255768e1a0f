package obsform

import (
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// step is one line of the NEWS2 table as it is read out: values up to and
// including To belong to it.
type step struct {
	to   float64
	text string
}

const most = 1e9

func steps() map[vitals.Parameter][]step {
	return map[vitals.Parameter][]step{
		vitals.RR: {{8, tongue.T("8 a minute or less")}, {11, tongue.T("9–11 a minute")},
			{20, tongue.T("12–20 a minute")}, {24, tongue.T("21–24 a minute")},
			{most, tongue.T("25 a minute or more")}},
		vitals.SpO2: {{91, tongue.T("91 % or less")}, {93, "92–93 %"}, {95, "94–95 %"},
			{most, tongue.T("96 % or more")}},
		vitals.SBP: {{90, tongue.T("systolic 90 or less")}, {100, tongue.T("systolic 91–100")},
			{110, tongue.T("systolic 101–110")}, {219, tongue.T("systolic 111–219")},
			{most, tongue.T("systolic 220 or more")}},
		vitals.Pulse: {{40, tongue.T("40 or less")}, {50, "41–50"}, {90, "51–90"}, {110, "91–110"}, {130, "111–130"},
			{most, tongue.T("131 or more")}},
		vitals.Temp: {{35, tongue.T("35.0 °C or less")}, {36, tongue.T("35.1–36.0 °C")}, {38, tongue.T("36.1–38.0 °C")},
			{39, tongue.T("38.1–39.0 °C")}, {most, tongue.T("39.1 °C or more")}},
	}
}

func scale2Air() []step {
	return []step{{83, tongue.T("83 % or less")}, {85, "84–85 %"}, {87, "86–87 %"},
		{most, tongue.T("88 % or more, on air")}}
}

func scale2Oxygen() []step {
	return []step{{83, tongue.T("83 % or less")}, {85, "84–85 %"}, {87, "86–87 %"}, {92, "88–92 %"},
		{94, tongue.T("93–94 %, on oxygen")}, {96, tongue.T("95–96 %, on oxygen")},
		{most, tongue.T("97 % or more, on oxygen")}}
}

// Reason says which line of the NEWS2 table a parameter fell on; "" if it was
// not measured. It explains points, it does not give them: those are of
// [vitals.NEWS2], and a test holds the two together.
func Reason(p vitals.Parameter, o vitals.Observation) string {
	var v *float64
	table := steps()[p]
	switch p {
	case vitals.RR:
		v = o.RR
	case vitals.SpO2:
		v = o.SpO2
		switch {
		case o.Scale2 && o.Oxygen == nil && v != nil && vitals.Rounded(p, *v) >= 93:
			return tongue.T("say air or oxygen first")
		case o.Scale2 && o.Oxygen != nil && !*o.Oxygen:
			table = scale2Air()
		case o.Scale2:
			table = scale2Oxygen()
		}
	case vitals.SBP:
		v = o.SBP
	case vitals.Pulse:
		v = o.Pulse
	case vitals.Temp:
		v = o.Temp
	case vitals.Oxygen:
		switch {
		case o.Oxygen == nil:
			return ""
		case *o.Oxygen:
			return tongue.T("on oxygen")
		}
		return tongue.T("air")
	case vitals.ACVPU:
		return levels()[o.ACVPU]
	}
	if v == nil {
		return ""
	}
	for _, s := range table {
		if vitals.Rounded(p, *v) <= s.to {
			return s.text
		}
	}
	return ""
}

func levels() map[vitals.Consciousness]string {
	return map[vitals.Consciousness]string{
		vitals.Alert: tongue.T("alert"), vitals.Confused: tongue.T("new confusion"),
		vitals.Voice: tongue.T("responds to voice"),
		vitals.Pain:  tongue.T("responds to pain"), vitals.Unresponsive: tongue.T("unresponsive"),
	}
}
