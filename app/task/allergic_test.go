package task_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// What an allergy says is found in another number, in the other language where a ward meets both, in whole words
// and at their start, and by its number and letters; short words are not found in the middle of others. A form of
// a medicine is asked about where the allergy says nothing else. Care that names what the patient is allergic to
// is asked about as a dose is.
//
// Seen red with the table of substances left out, with its short names found at the start of any word, with names
// of a number and letters left out, with what stands beside a short name looked for alone, with the ends of words
// and the classes left out, with a tape no form, with any part of a word compared, with words compared as they are
// written, with forms left out of every allergy, and with care not held against allergies.
func TestAllergyIsFoundInWhatIsGiven(t *testing.T) {
	for allergy, c := range map[string]struct{ ask, not []string }{
		"Egg": {ask: []string{"Egg lecithin", "Influenza vaccine (egg-grown)",
			"Boiled eggs for breakfast"}},
		"Corn syrup":     {ask: []string{"Corn syrup 5 ml"}, not: []string{"Lactulose syrup 10 ml"}},
		"Corn oil":       {ask: []string{"Corn oil"}, not: []string{"Castor oil"}},
		"Mandel-Öl":      {ask: []string{"Mandelöl"}, not: []string{"Olivenöl", "Castor oil"}},
		"Rice powder":    {ask: []string{"Rice powder"}, not: []string{"Talcum powder"}},
		"Vaccine 1 dose": {not: []string{"Morphine, 1 dose"}},
		"Ei":             {ask: []string{"Eigelb", "Eiklar"}, not: []string{"Eis"}},
		"Eggs":           {ask: []string{"Egg lecithin 5 g"}, not: []string{"Reggae salve"}},
		"Eier":           {ask: []string{"Ei-Lecithin"}, not: []string{"Eisen 100 mg", "Heparin 5000"}},
		"Hühnerei":       {ask: []string{"Impfstoff (Hühnereiweiß)", "Huehnereier"}, not: []string{"Hustensaft"}},
		"Nuts": {ask: []string{"Nut oil", "Peanut oil", "Walnuts"},
			not: []string{"Parenteral nutrition", "Turn in 5 minutes", "One minute"}},
		"Nüsse":            {ask: []string{"Erdnussöl", "Haselnuss"}, not: []string{"Sinuspret", "Genuss"}},
		"Erdnüsse":         {ask: []string{"Erdnussöl"}, not: []string{"Olivenöl"}},
		"Mite":             {ask: []string{"Mite extract", "Dust mites allergen"}, not: []string{"Mitomycin 10 mg"}},
		"House dust mites": {ask: []string{"Mite extract"}, not: []string{"Beloc-Zok mite 47.5 mg", "Beloc mite"}},
		"Gel": {ask: []string{"Diclofenac gel", "Diclofenac-Gel 1 %"},
			not: []string{"Gelatine infusion", "Nigella"}},
		"Gels": {ask: []string{"Lidocaine gel"}},
		"Patch": {ask: []string{"Fentanyl patch 25", "Change fentanyl patches"},
			not: []string{"Fentanyl spray"}},
		"Pflasterallergie": {ask: []string{"Fentanyl-Pflaster", "Schmerzpflaster"}, not: []string{"Fentanyl Spray"}},
		"Salbe":            {ask: []string{"Bepanthen Salbe"}, not: []string{"Salbutamol"}},
		"Lösung":           {ask: []string{"Ringer-Lösung"}, not: []string{"Ringer"}},
		"Penicillin, oral": {ask: []string{"Amoxicillin"}, not: []string{"Paracetamol oral"}},
		"Lidocaine patch":  {ask: []string{"Lidocaine gel"}, not: []string{"Fentanyl patch"}},
		"Potassium tablets": {ask: []string{"Potassium 8 mmol"},
			not: []string{"Paracetamol tablets", "Salt drops"}},
		"Iron": {ask: []string{"Iron sucrose", "IRON"}, not: []string{"Buspirone 5 mg", "Environment"}},
		"Eisen": {ask: []string{"Eisensaccharat", "Dreiwertiges-Eisen"},
			not: []string{"Reisen", "Speisen"}},
		"Codeine":           {ask: []string{"Dihydrocodein 60 mg", "Codeinphosphat"}, not: []string{"Codylin"}},
		"Morphine":          {ask: []string{"Hydromorphon; Diamorphin", "Morphin"}, not: []string{"Hydromorphon"}},
		"Ibuprofenallergie": {ask: []string{"Ibuprofen 400 mg", "Dexibuprofen"}, not: []string{"Ketoprofen"}},
		"Strawberries":      {ask: []string{"Strawberry syrup"}, not: []string{"Straw"}},
		"Latex":             {ask: []string{"Change the latex catheter"}, not: []string{"Turn to the left"}},
		"Fish": {ask: []string{"Fish oil", "Shellfish broth"},
			not: []string{"Castor oil"}},
		"Rash with metamizol": {ask: []string{"Metamizole"}, not: []string{"Walk with a frame"}},
		"Coxibs":              {ask: []string{"Celecoxib 200 mg", "Coxib"}, not: []string{"Cox inhibitor"}},
		"Coxibe":              {ask: []string{"Etoricoxib 90 mg"}},
		"prils": {ask: []string{"Ramipril 5 mg", "Lisinopril", "Perindoprilarginin 5 mg"},
			not: []string{"Take out the clips on 3 April", "Prilocaine 1 %", "Prilosec"}},
		"Ramipril": {ask: []string{"Enalapril 10 mg"}, not: []string{"Ranitidine"}},
		"-caines": {ask: []string{"Lidocaine gel", "Bupivacain 0.5 %", "Lidokain"},
			not: []string{"Caffeine"}},
		"Procaine":      {ask: []string{"Prilocaine 1 %"}},
		"Azoles":        {ask: []string{"Fluconazole 200 mg", "Itraconazol"}},
		"-olols":        {ask: []string{"Metoprolol 50 mg"}, not: []string{"Olanzapine"}},
		"Mycins":        {ask: []string{"Erythromycin 500 mg", "Clarithromycine"}, not: []string{"Mitomy"}},
		"Fisch":         {ask: []string{"Thunfisch", "Thunfischöl", "Fischöl"}, not: []string{"Wischen"}},
		"Milch":         {ask: []string{"Vollmilch", "Milchpulver"}, not: []string{"Milgamma"}},
		"Milk":          {ask: []string{"Buttermilk", "Milk of magnesia"}, not: []string{"Mill"}},
		"Shellfish":     {ask: []string{"Shellfish broth"}, not: []string{"Fish oil"}},
		"Tape":          {ask: []string{"Renew the tape", "Lidocaine tapes"}, not: []string{"Tapentadol 50 mg"}},
		"Adhesive tape": {ask: []string{"Renew the tape"}, not: []string{"Tapentadol 50 mg"}},
		"5FU": {ask: []string{"5FU 800 mg", "5-FU", "5 FU 1 g", "Fluorouracil"},
			not: []string{"5 ml NaCl", "Furosemid 5"}},
		"5-FU": {ask: []string{"5FU 800 mg", "5-FU", "Fluorouracil 5 %"},
			not: []string{"15FU", "5 tablets"}},
		"3TC":                 {ask: []string{"3TC 150 mg", "Lamivudine"}, not: []string{"TCA 3 %", "Give 3 tablets"}},
		"5-ASA":               {ask: []string{"5-ASA 1 g", "5ASA", "Mesalazin"}, not: []string{"5 mg Asacort"}},
		"6-TG":                {ask: []string{"6TG 40 mg", "6-TG"}, not: []string{"6 mg", "16TG"}},
		"8MOP":                {ask: []string{"8-MOP 10 mg"}, not: []string{"8 ml Mop"}},
		"5-FU (Fluorouracil)": {ask: []string{"5FU 800 mg"}},
		"ASS 50 mg":           {ask: []string{"Aspirin 100"}, not: []string{"Ibuprofen 50 mg"}},
		"Naturlatex": {ask: []string{"Latex gloves", "Latexhandschuhe"},
			not: []string{"Naturheilmittel", "Dilatation"}},
		"Natural rubber latex": {ask: []string{"Naturlatexkatheter", "Latex-Katheter"}},
		"Haselnüsse": {ask: []string{"Haselnussöl", "Hazelnut", "Nussöl", "Nüsse", "Nuts"},
			not: []string{"Erdnussöl", "Walnut", "Hasel", "Nutrition drink"}},
		"Hazelnuts":     {ask: []string{"Haselnuss", "Nussöl"}, not: []string{"Peanut oil"}},
		"Peanut butter": {ask: []string{"Peanut oil", "Erdnussöl", "Nuts"}, not: []string{"Walnuts"}},
		"Peanuts":       {ask: []string{"Arachis oil enema", "Erdnussbutter"}},
		"Almonds":       {ask: []string{"Mandelöl", "Mandeln"}, not: []string{"Mandelentzündung", "Mandeloperation"}},
		"Mais": {ask: []string{"Maisstärke", "Maize starch", "Maiskeimöl", "Corn starch", "Mais"},
			not: []string{"Maisonette", "Kontrolle im Mai", "Maissen"}},
		"Corn":       {ask: []string{"Maisstärke", "Cornflour", "Corn oil"}, not: []string{"Cornea drops", "Acorn"}},
		"Maisstärke": {ask: []string{"Mais", "Maize"}, not: []string{"Reisstärke"}},
		"Gräser": {ask: []string{"Graspollen", "Grass pollen extract", "Gräserpollen", "Süßgräser"},
			not: []string{"Granisetron", "Filgrastim"}},
		"Gras":         {ask: []string{"Gräserpollen", "Grass"}, not: []string{"Granisetron", "Gratis"}},
		"Grass pollen": {ask: []string{"Gräserpollen", "Graspollen"}, not: []string{"Granisetron", "Filgrastim"}},
		"Reis": {ask: []string{"Reisstärke", "Rice starch", "Milchreis", "Reisschleim", "Reis"},
			not: []string{"Reisen", "Reise", "Kreislauf", "Preis", "Reiswerk"}},
		"Rice": {ask: []string{"Reisstärke", "Rice milk"}, not: []string{"Price list"}},
		"Anis": {ask: []string{"Anisöl", "Aniseed oil", "Anise", "Anistee"},
			not: []string{"Granisetron", "Anisokorie", "Organisation", "Anistreplase"}},
		"Anise":  {ask: []string{"Anisöl"}, not: []string{"Granisetron", "Anisocoria check"}},
		"Soja":   {ask: []string{"Sojaöl", "Soy milk", "Soya-bean oil", "Sojabohnenöl", "Sojalecithin"}},
		"Soy":    {ask: []string{"Sojaöl", "Soybean oil", "Soja"}, not: []string{"Soylent"}},
		"Sojaöl": {ask: []string{"Soy", "Soja", "Soya oil"}, not: []string{"Olivenöl", "Nussöl"}},
		"Jod": {ask: []string{"Kaliumjodid", "Iodine", "Povidon-Iod", "Jodid 100", "Iodid", "Jodsalbe"},
			not: []string{"Periode", "Radio", "Melodie"}},
		"Iod": {ask: []string{"Kaliumiodid", "Jod", "Povidone-iodine"}, not: []string{"Periodontal care"}},
		"Iodine": {ask: []string{"Jodid", "Iod", "Povidon-Jod", "Iodinated contrast"},
			not: []string{"Diodrast"}},
		"Jodid": {ask: []string{"Iodine", "Jod"}, not: []string{"Judith"}},
		"Milk ": {ask: []string{"Vollmilch"}, not: []string{"Mill"}},
		"Egg white": {ask: []string{"Rührei", "Eierspeise"},
			not: []string{"Eistee", "Eiskühlung", "Eiter ablassen"}},
		"Iodinated contrast media": {ask: []string{"Kontrastmittel-CT", "Povidon-Iod"}, not: []string{"Amiodaron"}},
		"Wheat":                    {ask: []string{"Weizenstärke"}},
		"Novaminsulfon":            {ask: []string{"Metamizol 500 mg"}, not: []string{"Nova"}},
		"Drug allergy":             {not: []string{"Allergy drug", "Test for allergy"}},
	} {
		for _, kind := range []task.Kind{task.Care, task.Medicine} {
			asked := func(text string) bool {
				k := task.Task{ID: "t1", Kind: kind, Text: text, Due: now}
				return task.DoubtsOf(k, task.Known{Allergic: allergies(allergy)}, "", now).Allergic != nil
			}
			for _, text := range c.ask {
				if !asked(text) {
					t.Errorf("%q: nobody is asked about %s %q", allergy, kind, text)
				}
			}
			for _, text := range c.not {
				if asked(text) {
					t.Errorf("%q: asked about %s %q", allergy, kind, text)
				}
			}
		}
	}
	k := task.Task{Kind: task.Medicine, Text: "Fentanyl", Route: "patch", Due: now}
	if len(task.DoubtsOf(k, task.Known{Allergic: allergies("Patch")}, "", now).Allergic) != 1 {
		t.Error("a form that stands in the route is not asked about")
	}
}

// Of a patient whose allergies nobody recorded, each person is asked at the first medicine that
// they give in a shift, and not where it is recorded that there are none.
//
// Seen red with the status not looked at, with whoever gave a medicine not told from others, and with what they were
// asked at it not looked at.
func TestAllergiesThatNobodyRecordedAreAskedAboutOnce(t *testing.T) {
	early := dose("o1", "Ibuprofen", -20*time.Hour, -task.UnaskedAgain)
	early.Asked = "unasked"
	told, untold := givenBefore(-2*time.Hour, "early,unasked"), givenBefore(-2*time.Hour, "allergy")
	for name, c := range map[string]struct {
		text   task.Task
		known  task.Known
		by     string
		asks   bool
		status patient.AllergyStatus
	}{
		"the first":  {text: dose("t1", "Paracetamol", 0, open), by: "chen", asks: true},
		"none known": {text: dose("t1", "Paracetamol", 0, open), status: patient.NoKnownAllergies},
		"no drugs": {text: dose("t1", "Paracetamol", 0, open),
			status: patient.NoKnownDrugAllergies},
		"recorded":   {text: dose("t1", "Paracetamol", 0, open), status: patient.AllergiesRecorded},
		"care":       {text: task.Task{Kind: task.Care, Text: "Turn", Due: now}},
		"the second": {text: dose("t1", "Paracetamol", 0, open), by: "chen", known: told},
		"given while they were recorded": {text: dose("t1", "Paracetamol", 0, open), by: "chen", known: untold,
			asks: true},
		"another's first": {text: dose("t1", "Paracetamol", 0, open), by: "diaz", known: told,
			asks: true},
		"the next shift": {text: dose("t1", "Paracetamol", 0, open), by: "chen",
			known: task.Known{Others: []task.Task{early}}, asks: true},
	} {
		c.known.Allergy = c.status
		d := task.DoubtsOf(c.text, c.known, c.by, now)
		if d.Unasked != c.asks || d.Any() != c.asks || d.But(d.Sure()).Any() || c.asks && d.Words() != "unasked" {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func givenBefore(ago time.Duration, asked string) task.Known {
	given := dose("o1", "Ibuprofen", ago, ago)
	given.Asked = asked
	return task.Known{Others: []task.Task{given}}
}
