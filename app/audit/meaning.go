package audit

// Meaning is how an action is told to others: its DICOM event (PS3.16, CID 400
// and 401), what was done to the object (FHIR AuditEvent.action) and what kind
// of object it was.
type Meaning struct {
	Code, Text string // DICOM
	Action     string // C, R, U, D or E
	Object     string // "" if the action has none
}

var meanings = map[Action]Meaning{
	SignIn:  {"110114", "User Authentication", "E", ""},
	SignOut: {"110114", "User Authentication", "E", ""},
	Lock:    {"110114", "User Authentication", "E", ""},
	Unlock:  {"110114", "User Authentication", "E", ""},
	Denied:  {"110113", "Security Alert", "E", ""},

	ViewBoard:      {"110112", "Query", "R", "ward"},
	Search:         {"110112", "Query", "E", ""},
	ViewChart:      {"110110", "Patient Record", "R", "chart"},
	EditBegin:      {"110110", "Patient Record", "R", "section"},
	EditEnd:        {"110110", "Patient Record", "R", "section"},
	SaveChart:      {"110110", "Patient Record", "U", "section"},
	MakeTask:       {"110110", "Patient Record", "C", "task"},
	CloseTask:      {"110110", "Patient Record", "U", "task"},
	TakeBackTask:   {"110110", "Patient Record", "U", "task"},
	SetScale2:      {"110110", "Patient Record", "C", "decision"},
	EndScale2:      {"110110", "Patient Record", "U", "decision"},
	NoteProblem:    {"110110", "Patient Record", "C", "problem"},
	ResolveProblem: {"110110", "Patient Record", "U", "problem"},
	TakeOver:       {"110110", "Patient Record", "E", "section"},
	Override:       {"110110", "Patient Record", "E", "section"},
	Merge:          {"110110", "Patient Record", "U", "patient"},
	Unmerge:        {"110110", "Patient Record", "U", "patient"},
	LinkPatients:   {"110110", "Patient Record", "U", "patient"},
	UnlinkPatients: {"110110", "Patient Record", "U", "patient"},
	ChangeNumber:   {"110110", "Patient Record", "U", ""},
	Discharge:      {"110110", "Patient Record", "U", "ward"},
	AssignPatient:  {"110110", "Patient Record", "U", "staff"},
	ReleasePatient: {"110110", "Patient Record", "U", "staff"},
	Print:          {"110106", "Export", "R", "chart"},
	Export:         {"110106", "Export", "R", ""},
	ImportFile:     {"110107", "Import", "C", ""},

	ListParked:     {"110112", "Query", "R", ""},
	ViewParked:     {"110110", "Patient Record", "R", "message"},
	AssignParked:   {"110110", "Patient Record", "U", "message"},
	TakeBackParked: {"110110", "Patient Record", "U", "message"},
	DiscardParked:  {"110110", "Patient Record", "U", "message"},

	RaiseAlert:       {"110100", "Application Activity", "C", "alert"},
	AcceptAlert:      {"110100", "Application Activity", "U", "alert"},
	RejectAlert:      {"110100", "Application Activity", "U", "alert"},
	ResolveAlert:     {"110100", "Application Activity", "U", "alert"},
	EscalateAlert:    {"110100", "Application Activity", "U", "alert"},
	TakeBackAlert:    {"110100", "Application Activity", "U", "alert"},
	ForwardAlert:     {"110100", "Application Activity", "U", "alert"},
	OnWayToAlert:     {"110100", "Application Activity", "U", "alert"},
	NotComingToAlert: {"110100", "Application Activity", "U", "alert"},

	KeepAlert: {"110100", "Application Activity", "U", "alert"},

	SoundTest:  {"110100", "Application Activity", "E", "station"},
	PauseSound: {"110100", "Application Activity", "E", "station"},

	BreakGlass:       {"110113", "Security Alert", "E", "ward"},
	BreakGlassUse:    {"110113", "Security Alert", "E", "emergency"},
	BreakGlassEnd:    {"110113", "Security Alert", "E", "emergency"},
	BreakGlassReview: {"110113", "Security Alert", "E", "emergency"},

	ChangeStaff:  {"110113", "Security Alert", "U", "staff"},
	ChangeConfig: {"110113", "Security Alert", "U", "settings"},
	NewSealKey:   {"110113", "Security Alert", "C", "key"},
	Broken:       {"110113", "Security Alert", "E", "trail"},
	SpoolFailed:  {"110113", "Security Alert", "E", "trail"},
	ReadAudit:    {"110101", "Audit Log Used", "R", "trail"},
	Backup:       {"110106", "Export", "R", "record"},
	Restore:      {"110107", "Import", "U", "record"},
}

// Meaning is that of the action; an unknown one is an application's activity.
func (a Action) Meaning() Meaning {
	m, is := meanings[a]
	if !is {
		return Meaning{"110100", "Application Activity", "E", ""}
	}
	return m
}

// DefaultPurpose is the purpose of an event that names none.
func (e Event) DefaultPurpose() Purpose {
	switch {
	case e.Action == BreakGlass, e.Action == BreakGlassUse, e.Action == BreakGlassEnd:
		return Emergency
	case e.Patient != "":
		return Treat
	}
	return ""
}
