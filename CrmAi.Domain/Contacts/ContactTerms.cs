namespace CrmAi.Domain.Contacts;

public enum Priority { High, Medium, Low }

/// <summary>How far a person or company has come with us. An unqualified enquiry is a Lead.</summary>
public enum Lifecycle { Lead, Prospect, Customer, Partner }

public enum Seniority { CLevel, VicePresident, Director, Manager, Senior, Staff }

public enum ContactSource { Referral, Cold, Inbound, Event, CardScan, Import, WebForm, Campaign }

public enum BudgetAuthority { None, Limited, Significant, Full }

public enum DealStage { Prospecting, Qualification, Proposal, Negotiation, ClosedWon, ClosedLost }

public enum Gender { Female, Male, Other }

public enum TagKind { Priority, Custom, Industry, Stage }

public enum PhotoKind { Profile, Event, Searched, NameCard }

public enum PhotoSource { Upload, Ocr, Search, Social }
