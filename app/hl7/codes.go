package hl7

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/vitals"
)

// vitalCodes maps names, LOINC codes and numeric MDC codes. Senders put them
// into any component of OBX-3, so that the match is by the code itself and not
// by where it stands. Sources: LOINC; ISO/IEEE 11073-10101; the names that
// SimHospital and Welch Allyn monitors send.
var vitalCodes = byCode(map[vitals.Quantity]string{
	vitals.RespirationRate: `MDC_RESP_RATE MDC_TTHOR_RESP_RATE MDC_CO2_RESP_RATE MDC_AWAY_RESP_RATE
		151562 151570 151578 151586 9279-1`,
	vitals.OxygenSaturation: `MDC_PULS_OXIM_SAT_O2 150456 59408-5 2708-6`,
	// Without a place, in an artery, by a cuff: they are one number to NEWS2. What is
	// measured in the lungs, a vein or a ventricle is none of them.
	vitals.SystolicPressure: `MDC_PRESS_BLD_NONINV_SYS MDC_PRESS_BLD_SYS MDC_PRESS_CUFF_SYS MDC_PRESS_BLD_ART_SYS
		MDC_PRESS_BLD_ART_ABP_SYS 150017 150021 150033 150037 150301 8480-6 76534-7 76215-3`,
	vitals.DiastolicPressure: `MDC_PRESS_BLD_NONINV_DIA MDC_PRESS_BLD_DIA MDC_PRESS_CUFF_DIA MDC_PRESS_BLD_ART_DIA
		MDC_PRESS_BLD_ART_ABP_DIA 150018 150022 150034 150038 150302 8462-4 76535-4 76213-8`,
	vitals.PulseRate: `MDC_PULS_RATE_NON_INV MDC_PULS_OXIM_PULS_RATE MDC_ECG_HEART_RATE MDC_ECG_CARD_BEAT_RATE
		MDC_PULS_RATE 147842 149514 149530 149546 8867-4 8889-8`,
	// Of LOINC: of the body, axillary, core, mouth, rectal, tympanic, bladder.
	vitals.BodyTemperature: `MDC_TEMP MDC_TEMP_BODY MDC_TEMP_TYMP MDC_TEMP_ORAL 150344
		8310-5 8328-7 8329-5 8331-1 8332-9 8333-7 8334-5`,
	vitals.ConsciousLevel: `AVPU ACVPU 67775-7`,
	vitals.OxygenFlow:     `OXYL 3151-8`,
	vitals.InspiredOxygen: `INSOXY 3150-6`,
	vitals.OxygenDevice:   `OXYGENDEV`,
})

func byCode(codes map[vitals.Quantity]string) map[string]vitals.Quantity {
	out := map[string]vitals.Quantity{}
	for sign, all := range codes {
		for code := range strings.FieldsSeq(all) {
			out[code] = sign
		}
	}
	return out
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

// kin are codes of vital signs that are not read: what they measure is not always what
// is scored (a saturation in blood, a pressure while standing, a skin's temperature).
// Their value is a result like any other, and it is said.
var (
	kinLOINC = strings.Fields(`20564-1 2709-4 8459-0 8460-8 8461-6 8453-3 8454-1 8455-8 75997-7 75995-1 96608-5
		76282-3 60834-9 60836-4 39106-0 76278-1 76010-8 8330-3 55284-4 85354-9`)
	kinMDC = regexp.MustCompile(`^MDC_(?:TEMP|PRESS_BLD\w*_(?:SYS|DIA)|\w*RESP_RATE|\w*SAT_O2|\w*(?:PULS|HEART)_RATE)`)
	noKin  = regexp.MustCompile(`_(?:MAX|MIN|MEAN|LIM\w*|DIFF)$|_(?:PULM|VEN|ATR|VENT)_|^MDC_(?:EVT|ATTR)_`)
)

// related reports whether an OBX that is read as no vital sign has the code of one.
func related(obx Segment) bool {
	for _, component := range []int{1, 2, 4, 5} {
		code := strings.ToUpper(obx.Text(3, component))
		if slices.Contains(kinLOINC, code) || kinMDC.MatchString(code) && !noKin.MatchString(code) {
			return true
		}
	}
	return false
}
