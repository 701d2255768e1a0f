package audit

import (
	"net/netip"
	"time"
)

// The code systems of [FHIR].
const (
	dicom     = "http://dicom.nema.org/resources/ontology/DCM"
	actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	entities  = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
	roles     = "http://terminology.hl7.org/CodeSystem/object-role"
	own       = "urn:wardlight:"
)

type object = map[string]any

func coding(system, code string) object { return object{"system": system, "code": code} }

func named(system, value string) object {
	return object{"identifier": object{"system": own + system, "value": value}}
}

// FHIR is the line as an AuditEvent of HL7 FHIR R4, ready for JSON. Everybody
// and everything stands in it by its ID.
func FHIR(l Line) map[string]any {
	m := l.Action.Meaning()
	kind := coding(dicom, m.Code)
	kind["display"] = m.Text
	who := object{"who": named("staff", l.Actor), "requestor": true}
	if l.Role != "" {
		who["role"] = []object{{"text": l.Role}}
	}
	source := l.Writer
	if source == "" {
		source = l.Station
	}
	agents := []object{who}
	if l.Station != "" {
		agents = append(agents, object{"who": named("station", l.Station), "requestor": false,
			"type": object{"coding": []object{coding(dicom, "110150")}}}) // Application
		if l.Address != "" {
			agents[1]["network"] = object{"address": l.Address, "type": networkType(l.Address)}
		}
	}
	out := object{
		"resourceType": "AuditEvent",
		"type":         kind,
		"subtype":      []object{coding(own+"action", string(l.Action))},
		"action":       m.Action,
		"recorded":     l.At.UTC().Format(time.RFC3339Nano),
		"outcome":      map[Outcome]string{Refused: "4", Failed: "8"}[l.Outcome],
		"agent":        agents,
		"source":       object{"observer": named("station", source)},
	}
	if out["outcome"] == "" {
		out["outcome"] = "0"
	}
	if l.Reason != "" {
		out["outcomeDesc"] = l.Reason
	}
	if l.Purpose != "" {
		out["purposeOfEvent"] = []object{{"coding": []object{coding(actReason, string(l.Purpose))}}}
	}
	// The line's own place and link, so that a copy can be held against the
	// trail.
	chain := object{"what": named("audit", l.Hash), "type": coding(entities, "2"), "role": coding(roles, "13"),
		"detail": []object{{"type": "seq", "valueString": number(l.Seq)}}}
	list := []object{}
	if l.Patient != "" {
		list = append(list,
			object{"what": named("patient", l.Patient), "type": coding(entities, "1"), "role": coding(roles, "1")})
	}
	if l.Object != "" {
		thing := object{"what": named(orOther(m.Object), l.Object), "type": coding(entities, "2"),
			"role": coding(roles, "4")}
		if l.Version != 0 {
			thing["detail"] = []object{{"type": "version", "valueString": number(l.Version)}}
		}
		list = append(list, thing)
	}
	if l.Session != "" {
		list = append(list,
			object{"what": named("session", l.Session), "type": coding(entities, "2"), "role": coding(roles, "20")})
	}
	out["entity"] = append(list, chain)
	return out
}

// networkType tells an IP address (2) from a machine's name (1).
func networkType(address string) string {
	if _, err := netip.ParseAddr(address); err == nil {
		return "2"
	}
	return "1"
}

func orOther(kind string) string {
	if kind == "" {
		return "object"
	}
	return kind
}
