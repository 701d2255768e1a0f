package hl7

import "strings"

// parameter is a vital sign that a set of observations holds.
type parameter int

const (
	noVital parameter = iota
	respRate
	spo2
	systolic
	diastolic
	heartRate
	temperature
	consciousness
	oxygenFlow
	oxygenFraction
	oxygenDevice
)

func (p parameter) String() string {
	return [...]string{"", "respiration rate", "SpO2", "systolic pressure", "diastolic pressure", "pulse",
		"temperature", "consciousness", "oxygen flow", "inspired oxygen", "oxygen device"}[p]
}

// vitalCodes maps names, LOINC codes and numeric MDC codes. Senders put them
// into any component of OBX-3, so that the match is by the code itself and not
// by where it stands. Sources: LOINC; ISO/IEEE 11073-10101; the names that
// SimHospital and Welch Allyn monitors send.
var vitalCodes = map[string]parameter{
	"MDC_RESP_RATE": respRate, "MDC_TTHOR_RESP_RATE": respRate, "MDC_CO2_RESP_RATE": respRate,
	"151562": respRate, "9279-1": respRate,

	"MDC_PULS_OXIM_SAT_O2": spo2, "150456": spo2, "59408-5": spo2, "2708-6": spo2,

	"MDC_PRESS_BLD_NONINV_SYS": systolic, "MDC_PRESS_BLD_SYS": systolic, "MDC_PRESS_CUFF_SYS": systolic,
	"150021": systolic, "150017": systolic, "150301": systolic, "8480-6": systolic,

	"MDC_PRESS_BLD_NONINV_DIA": diastolic, "MDC_PRESS_BLD_DIA": diastolic, "MDC_PRESS_CUFF_DIA": diastolic,
	"150022": diastolic, "150018": diastolic, "150302": diastolic, "8462-4": diastolic,

	"MDC_PULS_RATE_NON_INV": heartRate, "MDC_PULS_OXIM_PULS_RATE": heartRate, "MDC_ECG_HEART_RATE": heartRate,
	"MDC_ECG_CARD_BEAT_RATE": heartRate, "MDC_PULS_RATE": heartRate,
	"147842": heartRate, "149546": heartRate, "149530": heartRate, "8867-4": heartRate,

	"MDC_TEMP": temperature, "MDC_TEMP_BODY": temperature, "MDC_TEMP_TYMP": temperature, "MDC_TEMP_ORAL": temperature,
	"150344": temperature, "8310-5": temperature,

	"AVPU": consciousness, "ACVPU": consciousness,
	"OXYL": oxygenFlow, "3151-8": oxygenFlow,
	"INSOXY": oxygenFraction, "3150-6": oxygenFraction,
	"OXYGENDEV": oxygenDevice,
}

// vitalOf finds which vital sign an OBX is about.
func vitalOf(obx Segment) parameter {
	for _, component := range []int{1, 2, 4, 5} {
		code := strings.ToUpper(obx.Text(3, component))
		p := vitalCodes[code]
		if p == noVital {
			continue
		}
		// A bare number is an MDC code only if its coding system says so: a
		// laboratory may number its tests alike.
		system := strings.ToUpper(obx.Text(3, 3))
		if component > 3 {
			system = strings.ToUpper(obx.Text(3, 6))
		}
		if code[0] >= '0' && code[0] <= '9' && !strings.Contains(code, "-") && !strings.Contains(system, "MDC") {
			continue
		}
		return p
	}
	return noVital
}

// units lists what each vital sign may be measured in, beside nothing at all.
// Anything else is not guessed at.
var units = map[parameter]string{
	respRate:       " /MIN 1/MIN {BREATHS}/MIN BPM RPM MDC_DIM_RESP_PER_MIN MDC_DIM_PER_MIN 264928 ",
	spo2:           " % PERCENT MDC_DIM_PERCENT 262688 ",
	systolic:       " MMHG MM[HG] MDC_DIM_MMHG 266016 ",
	diastolic:      " MMHG MM[HG] MDC_DIM_MMHG 266016 ",
	heartRate:      " BPM /MIN 1/MIN {BEATS}/MIN MDC_DIM_BEAT_PER_MIN 264864 ",
	temperature:    " CEL C °C DEGC MDC_DIM_DEGC 268192 ",
	oxygenFlow:     " L/MIN LPM MDC_DIM_X_L_PER_MIN MDC_DIM_L_PER_MIN ",
	oxygenFraction: " % PERCENT MDC_DIM_PERCENT 262688 ",
}

const fahrenheit = " [DEGF] F °F DEGF MDC_DIM_FAHR 266560 "

// unitFits reports whether a value in this unit can be read, and if so whether
// it is in degrees Fahrenheit.
func unitFits(p parameter, unit string) (fits, inFahrenheit bool) {
	u := " " + strings.ToUpper(unit) + " "
	if list, measured := units[p]; unit == "" || !measured || strings.Contains(list, u) {
		return true, false
	}
	if p == temperature && strings.Contains(fahrenheit, u) {
		return true, true
	}
	return false, false
}

// possible is the range outside of which a value is an error of the source and
// not a patient.
var possible = map[parameter][2]float64{
	respRate: {0, 120}, spo2: {0, 100}, systolic: {0, 400}, diastolic: {0, 350}, heartRate: {0, 350},
	temperature: {10, 47}, oxygenFlow: {0, 100}, oxygenFraction: {0, 100},
}
