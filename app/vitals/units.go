package vitals

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// unit is one that a number can be given in.
type unit int

const (
	none unit = iota // nothing was said
	perMinute
	breaths // a minute
	beats   // a minute
	percent
	one // a fraction of 1
	mmHg
	kPa
	celsius
	fahrenheit
	litresPerMinute
	millilitresPerMinute
)

func (u unit) String() string {
	return [...]string{"", "/min", "/min", "/min", "%", "1", "mmHg", "kPa", "°C", "°F", "L/min", "mL/min"}[u]
}

// spellings are the ways in which senders write a unit: UCUM (case-sensitive and
// -insensitive), ISO 2955 and ANSI X3.50 of HL7 2, the names and the codes of ISO/IEEE
// 11073-10101, and what stands in the field. They are compared as [spelt].
var spellings = map[unit]string{
	// bpm is what monitors show beside both, beats and breaths.
	perMinute: `/min 1/min min-1 min^-1 x/min bpm cpm mdc_dim_per_min mdc_dim_x_per_min`,
	breaths: `breath/min breaths/min br/min brpm rpm rr/min resp/min resps/min respiration/min respirations/min
		mdc_dim_resp_per_min 264928`,
	beats: `beat/min beats/min b/min hr/min pulse/min pulses/min puls/min ppm
		mdc_dim_beat_per_min mdc_dim_puls_per_min 264864 264896`,
	percent: `% percent pct percentage vol% %vol mdc_dim_percent mdc_dim_vol_percent 262688`,
	one:     `1 fraction ratio fract mdc_dim_dimless 262656`,
	mmHg: `mm[hg] mmhg mm(hg) mm-hg mm/hg torr millimeterofmercury millimetersofmercury millimetreofmercury
		millimetresofmercury mdc_dim_mmhg 266016`,
	kPa:        `kpa kpal kilopascal kilopascals mdc_dim_kilo_pascal mdc_dim_kpa 265987`,
	celsius:    `cel c °c degc [degc] celsius degcelsius centigrade mdc_dim_degc 268192`,
	fahrenheit: `[degf] f °f degf fahrenheit degfahrenheit mdc_dim_fahr mdc_dim_degf 266560`,
	litresPerMinute: `l/min l/m lpm liter/min liters/min litre/min litres/min
		mdc_dim_x_l_per_min mdc_dim_l_per_min 265216`,
	millilitresPerMinute: `ml/min ml/m mlpm milliliter/min milliliters/min millilitre/min millilitres/min
		mdc_dim_milli_l_per_min mdc_dim_x_milli_l_per_min 265234`,
}

// unitOfSpelling is spellings by what stands there.
var unitOfSpelling = func() map[string]unit {
	out := map[string]unit{}
	for u, all := range spellings {
		for _, s := range strings.Fields(all) {
			s = spelt(s)
			if before, is := out[s]; is && before != u {
				panic("vitals: " + s + " is two units") // a slip in the table above
			}
			out[s] = u
		}
	}
	return out
}()

// systems are names of coding systems, which stand beside a unit and are none.
var systems = []string{"ucum", "mdc", "iso+", "iso", "iso2955", "ans+", "ansi+", "ln"}

// annotation is what UCUM lets a sender say in braces: it changes no value.
var annotation = regexp.MustCompile(`\{[^{}]*\}`)

var (
	// compact takes out what senders put between the letters of a unit.
	compact = strings.NewReplacer(" ", "", "\t", "", "_", "", "−", "-", "⁄", "/", "∕", "/")
	// short are the words that stand in many units.
	short = strings.NewReplacer("perminute", "/min", "permin", "/min", "/minute", "/min",
		"degrees", "deg", "degree", "deg")
)

// longestUnit is how many bytes a unit can have; what is longer is a text for people.
const longestUnit = 64

// spelt is a unit as it is compared: letters of one case, of one width, no space. A
// unit of nothing but annotations is 1 (UCUM §13).
func spelt(s string) string {
	if len(s) > longestUnit {
		return s
	}
	bare := annotation.ReplaceAllString(strings.ReplaceAll(s, "º", "°"), "")
	if strings.TrimSpace(bare) == "" && strings.TrimSpace(s) != "" {
		return "1"
	}
	return short.Replace(compact.Replace(strings.ToLower(norm.NFKC.String(bare))))
}

// unitOf is what the sender says of the unit; none if nothing.
func (n number) unitOf(said []string) (unit, error) {
	found, unknown := none, ""
	for _, s := range said {
		if strings.TrimSpace(s) == "" || slices.Contains(systems, spelt(s)) {
			continue
		}
		u := unitOfSpelling[spelt(s)]
		switch {
		case u == none:
			unknown = s
		case u != n.unit && !slices.Contains(n.may, u), // another quantity's
			found != none && u.counted() != found.counted(): // contradicts what stands beside it
			return none, fmt.Errorf("%w: %.24q", ErrUnit, s)
		default:
			found = u
		}
	}
	if found == none && unknown != "" {
		return none, fmt.Errorf("%w: %.24q", ErrUnit, unknown)
	}
	return found.counted(), nil
}

// counted is u without what is counted: breaths a minute are so many a minute.
func (u unit) counted() unit {
	if u == breaths || u == beats {
		return perMinute
	}
	return u
}

// pascals are in a millimetre of mercury, as it is defined for medicine.
const pascals = 133.322387415

// toOwn gives a value in the unit of the quantities that may be given in u.
func (u unit) toOwn(v float64) float64 {
	switch u {
	case kPa:
		return v * 1000 / pascals
	case fahrenheit:
		return (v - 32) * 5 / 9
	case one:
		return v * 100
	case millilitresPerMinute:
		return v / 1000
	}
	return v
}
