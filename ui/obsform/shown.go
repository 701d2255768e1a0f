package obsform

import "github.com/wardlight/wardlight/app/vitals"

// Shown is a set as it is shown everywhere, field by field: a device may send more places
// than a person types.
func Shown(o vitals.Observation) map[string]string {
	for p, v := range map[vitals.Parameter]**float64{vitals.RR: &o.RR, vitals.SpO2: &o.SpO2, vitals.Pulse: &o.Pulse,
		vitals.Temp: &o.Temp} {
		if *v != nil {
			r := vitals.Rounded(p, **v)
			*v = &r
		}
	}
	return Write(o)
}
