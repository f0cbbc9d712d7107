# No constituent of the group employers.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:constituent ?body }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:constituent ?body . ?body og:constituentType <concept/constituent-type/employers> }
