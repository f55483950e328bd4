// The icons the pages use, by their Tabler name; add a name here and rebuild.
export const ICONS = [
  "adjustments-horizontal", "alert-circle", "alert-triangle", "arrow-left", "arrow-right", "arrows-sort", "bell", "briefcase",
  "building", "building-community", "calendar", "calendar-event", "chart-bar", "check", "checklist", "chevron-down",
  "chevron-left", "chevron-right", "chevron-up", "circle-check", "clipboard-check", "clipboard-list", "clock", "columns-3",
  "database", "dots", "download", "edit", "eye", "file-spreadsheet", "file-text", "file-upload", "filter", "flag", "gavel",
  "grip-vertical", "help-circle", "history", "home", "inbox", "info-circle", "language", "layout-dashboard", "link",
  "list-check", "lock", "logout", "mail", "map-pin", "menu-2", "message", "notes", "palette", "paperclip", "phone", "plus",
  "printer", "refresh", "route", "school", "search", "send", "settings", "shield-check", "sitemap", "sort-ascending",
  "sort-descending", "star", "target", "trash", "trending-up", "upload", "user", "user-check", "user-plus", "users",
  "users-group", "x",
];
