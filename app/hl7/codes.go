package hl7

import (
	"strings"

	"github.com/wardlight/wardlight/app/vitals"
)

// vitalCodes maps names, LOINC codes and numeric MDC codes. Senders put them
// into any component of OBX-3, so that the match is by the code itself and not
// by where it stands. Sources: LOINC; ISO/IEEE 11073-10101; the names that
// SimHospital and Welch Allyn monitors send.
var vitalCodes = map[string]vitals.Quantity{
	"MDC_RESP_RATE": vitals.RespirationRate, "MDC_TTHOR_RESP_RATE": vitals.RespirationRate, "MDC_CO2_RESP_RATE": vitals.RespirationRate,
	"151562": vitals.RespirationRate, "9279-1": vitals.RespirationRate,

	"MDC_PULS_OXIM_SAT_O2": vitals.OxygenSaturation, "150456": vitals.OxygenSaturation, "59408-5": vitals.OxygenSaturation,
	"2708-6": vitals.OxygenSaturation,

	"MDC_PRESS_BLD_NONINV_SYS": vitals.SystolicPressure, "MDC_PRESS_BLD_SYS": vitals.SystolicPressure,
	"MDC_PRESS_CUFF_SYS": vitals.SystolicPressure, "150021": vitals.SystolicPressure, "150017": vitals.SystolicPressure,
	"150301": vitals.SystolicPressure, "8480-6": vitals.SystolicPressure, "76534-7": vitals.SystolicPressure,

	"MDC_PRESS_BLD_NONINV_DIA": vitals.DiastolicPressure, "MDC_PRESS_BLD_DIA": vitals.DiastolicPressure,
	"MDC_PRESS_CUFF_DIA": vitals.DiastolicPressure, "150022": vitals.DiastolicPressure, "150018": vitals.DiastolicPressure,
	"150302": vitals.DiastolicPressure, "8462-4": vitals.DiastolicPressure, "76535-4": vitals.DiastolicPressure,

	"MDC_PULS_RATE_NON_INV": vitals.PulseRate, "MDC_PULS_OXIM_PULS_RATE": vitals.PulseRate, "MDC_ECG_HEART_RATE": vitals.PulseRate,
	"MDC_ECG_CARD_BEAT_RATE": vitals.PulseRate, "MDC_PULS_RATE": vitals.PulseRate, "147842": vitals.PulseRate,
	"149546": vitals.PulseRate, "149530": vitals.PulseRate, "149514": vitals.PulseRate, "8867-4": vitals.PulseRate, "8889-8": vitals.PulseRate,

	"MDC_TEMP": vitals.BodyTemperature, "MDC_TEMP_BODY": vitals.BodyTemperature, "MDC_TEMP_TYMP": vitals.BodyTemperature,
	"MDC_TEMP_ORAL": vitals.BodyTemperature, "150344": vitals.BodyTemperature, "8310-5": vitals.BodyTemperature,

	"AVPU": vitals.ConsciousLevel, "ACVPU": vitals.ConsciousLevel,
	"OXYL": vitals.OxygenFlow, "3151-8": vitals.OxygenFlow,
	"INSOXY": vitals.InspiredOxygen, "3150-6": vitals.InspiredOxygen,
	"OXYGENDEV": vitals.OxygenDevice,
}

// vitalOf finds which vital sign an OBX is about, "" if none. clear is false if
// its codes name two.
func vitalOf(obx Segment) (sign vitals.Quantity, clear bool) {
	for _, component := range []int{1, 2, 4, 5} {
		code := strings.ToUpper(obx.Text(3, component))
		q := vitalCodes[code]
		if q == "" {
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
		if sign != "" && q != sign {
			return "", false
		}
		sign = q
	}
	return sign, true
}

// consciousnessOf reads a level of AVPU or ACVPU. "Confused" alone may be old;
// only C and "new confusion" mean what NEWS2 scores.
func consciousnessOf(text string) (vitals.Consciousness, bool) {
	switch strings.ToLower(text) {
	case "a", "alert":
		return vitals.Alert, true
	case "c", "new confusion", "newly confused":
		return vitals.Confused, true
	case "v", "voice", "verbal", "responds to voice":
		return vitals.Voice, true
	case "p", "pain", "responds to pain":
		return vitals.Pain, true
	case "u", "unresponsive":
		return vitals.Unresponsive, true
	}
	return vitals.NotAssessed, false
}

// unchartable are the words of OBX-8 (IHE PCD, from the measurement status of
// ISO/IEEE 11073-10101) that say that a value tells nothing of the patient.
var unchartable = []string{"DEMO", "TEST", "CAL", "CALIB", "INV", "INVALID", "QUES", "QUESTIONABLE", "NAV", "OFF"}

// unfinished are those that say that the value may still change.
var unfinished = []string{"MSMT-ONGOING", "BUSY", "EARLY"}
