package vitals_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/vitals"
)

// What is in neither list leaves open whether it is oxygen: nothing is guessed.
func TestOnOxygen(t *testing.T) {
	for want, devices := range map[string]string{
		"air": `RA - room air|Room air (RA)|ROOM_AIR|air (21%)|21%|21 %|Self ventilating on air|Breathing air|No oxygen|not on oxygen|Nil|
			Raumluft|RA|Air|none|no|NO|Room Air.|Self-ventilating, room air|without oxygen|No supplemental O2|kein Sauerstoff|ohne O2|
			an Raumluft|FiO2 0.21|on air|none given`,
		"oxygen": `Nasal cannula|NC|nasal cannulae 2 L/min|Nasal prongs|Nasal specs|Hudson mask|Face mask|Simple face mask|Venturi 28%|
			Venturi mask|NRB|Non-rebreathe mask|non rebreather|Reservoir mask 15L|HFNO|HFNC|High flow|High-flow nasal oxygen|Optiflow|CPAP|
			BiPAP|NIV|Ventilator|ventilated|Oxygen tent|Hood|Nasenbrille|O2-Brille|Sauerstoffmaske|Reservoirmaske|Nasensonde|
			Beatmung|High-Flow|NON_REBREATHER_MASK|Nasal Cannula (NC)|Oxygen|O2 4 L/min|tracheostomy mask|T-piece`,
		"unknown": `N/A|Not applicable|-|Unknown|Off|Nasal cannula - removed|CPAP off|mask refused|CPAP on room air|
			surgical mask|FFP2-Maske|Other|see chart||Swedish nose|oxygen stopped|no mask|NC if needed|kein CPAP|21|Self ventilating`,
	} {
		for device := range strings.SplitSeq(devices, "|") {
			device = strings.TrimSpace(device)
			got := "unknown"
			if oxygen, known := vitals.OnOxygen(device); known {
				got = map[bool]string{true: "oxygen", false: "air"}[oxygen]
			}
			if got != want {
				t.Errorf("%q is %s, want %s", device, got, want)
			}
		}
	}
}
