package demo

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/task"
)

// todo is something due so many minutes from now; less than 0 is late.
type todo struct {
	text, dose, route string
	in                int
}

// plan is what a patient has beside the reason for being here, and what is due.
type plan struct {
	problems []string
	tasks    []todo
}

// plans are by MRN. A todo with a dose is a medicine; the doses are such as a nurse
// reads every day, for people who do not exist.
var plans = map[string]plan{
	"7003107": {[]string{"Osteoporosis", "High blood pressure"},
		[]todo{{text: "Walk to the bathroom with the frame", in: 40}, {"Paracetamol", "1 g", "PO", 95}}},
	"7005526": {nil, []todo{{"Ceftriaxone", "2 g", "IV", 50}, {text: "Fluid balance", in: 115}}},
	"7006634": {[]string{"Type 2 diabetes", "High blood pressure"},
		[]todo{{text: "12-lead ECG", in: 25}, {text: "Second troponin", in: 70}, {"Aspirin", "75 mg", "PO", 160}}},
	"7007742": {nil, []todo{{"Flucloxacillin", "1 g", "IV", 35}, {text: "Mark the edge of the redness", in: 120}}},
	"7008859": {[]string{"Recurrent urinary infection", "Type 2 diabetes"},
		[]todo{{"Gentamicin", "320 mg", "IV", -18}, {text: "Blood cultures before the next dose", in: -25},
			{text: "Urine output, hourly", in: 12}, {text: "Lactate again", in: 45}}},
	"7009967": {[]string{"Dementia", "Falls at home"},
		[]todo{{text: "Cognition test (4AT)", in: 90}, {text: "Turn, and look at the heels", in: 20}}},
	"7010075": {[]string{"Iron deficiency"},
		[]todo{{"Hydrocortisone", "100 mg", "IV", 75}, {text: "Stool chart", in: 180}}},
	"7011183": {[]string{"Type 1 diabetes"},
		[]todo{{text: "Blood glucose before the meal", in: 30}, {"Insulin aspart", "6 units", "SC", 40}}},
	"7012291": {[]string{"COPD", "Hypercapnic respiratory failure"},
		[]todo{{"Salbutamol", "2.5 mg", "NEB", 15}, {"Prednisolone", "30 mg", "PO", 140},
			{text: "Blood gas on Venturi 28 %", in: 65}}},
	"7013306": {[]string{"Heart failure"},
		[]todo{{"Amoxicillin with clavulanate", "1.2 g", "IV", -12}, {text: "Sit out, and deep breaths", in: 35}}},
	"7014412": {nil, []todo{{"Apixaban", "10 mg", "PO", 110}, {text: "Measure both calves", in: 60}}},
	"7015527": {nil, []todo{{text: "Stool sample to the laboratory", in: 28}, {text: "Fluid balance", in: 115}}},
	"7016639": {[]string{"Chronic kidney disease, stage 3", "Gout"},
		[]todo{{text: "Urine output, hourly", in: 18}, {text: "Potassium again", in: 55}}},
	"7018852": {[]string{"Gallstones"}, []todo{{"Morphine", "5 mg", "IV", 22}, {text: "Pain score", in: 52}}},
	"7019967": {[]string{"Atrial fibrillation", "Heart failure"},
		[]todo{{"Furosemide", "40 mg", "IV", 33}, {text: "Daily weight", in: 190}}},
	"7020071": {[]string{"Atrial fibrillation"},
		[]todo{{"Bisoprolol", "2.5 mg", "PO", 85}, {text: "Pulse at the apex, a full minute", in: 42}}},
	"7022293": {[]string{"Stomach ulcer"},
		[]todo{{"Omeprazole", "40 mg", "IV", 105}, {text: "Full blood count", in: 48}}},
	"7023307": {[]string{"Peanut allergy"}, []todo{{text: "Teach the adrenaline pen", in: 100}}},
	"7031405": {nil, []todo{{"Paracetamol", "1 g", "PO", 25}, {text: "Look at the wounds", in: 80}}},
	"7034738": {[]string{"Bowel cancer"},
		[]todo{{"Enoxaparin", "40 mg", "SC", 130}, {text: "Empty the drain and write it down", in: 38}}},
}

// care puts in a patient's problems, what is due for them, and the prescriber's
// decision behind a flag for scale 2.
func (p person) care(ctx context.Context, b *records.Batch, s patient.Summary, now time.Time) error {
	const doctor = "rsharma"
	pl := plans[p.MRN]
	for n, text := range append([]string{p.Reason}, pl.problems...) {
		noted := s.Admitted
		if n > 0 {
			noted = s.Admitted.AddDate(-n, -2*n, 0)
		}
		if err := b.PutProblem(ctx, patient.Problem{ID: id("problem", p.MRN, n), Patient: s.Patient.ID, Text: text,
			Noted: noted, By: doctor}); err != nil {
			return err
		}
	}
	for n, t := range pl.tasks {
		kind := task.Care
		if t.dose != "" {
			kind = task.Medicine
		}
		if err := b.AddTask(ctx, task.Task{ID: id("task", p.MRN, n), Patient: s.Patient.ID, Kind: kind, Text: t.text,
			Dose: t.dose, Route: t.route,
			Due: now.Add(time.Duration(t.in) * time.Minute).Truncate(time.Minute), Made: s.Admitted,
			By: doctor}); err != nil {
			return err
		}
	}
	if !s.Has(patient.FlagScale2) {
		return nil
	}
	return b.SetOxygenTarget(ctx,
		patient.OxygenTarget{ID: id("oxygen", p.MRN), Patient: s.Patient.ID, Prescriber: "Dr Sharma",
			Low: patient.TargetLow, High: patient.TargetHigh, Decided: s.Admitted, Recorded: s.Admitted},
		patient.Signed{Staff: "tnguyen", Role: "nurse", Station: "demo"})
}
